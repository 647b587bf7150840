// summary: Write nodes of the kind Voice, new or changed, whole.
// parameters: $rows flat properties, each with id
// returns: nothing
// mode: write
UNWIND $rows AS row
MERGE (n:Voice {id: row.id})
SET n = row
