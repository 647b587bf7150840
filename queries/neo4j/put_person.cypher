// summary: Write nodes of the kind Person, new or changed, whole.
// parameters: $rows flat properties, each with id
// returns: nothing
// mode: write
UNWIND $rows AS row
MERGE (n:Person {id: row.id})
SET n = row
