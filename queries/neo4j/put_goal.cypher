// summary: Write nodes of the kind Goal, new or changed, whole.
// parameters: $rows flat properties, each with id
// returns: nothing
// mode: write
UNWIND $rows AS row
MERGE (n:Goal {id: row.id})
SET n = row
