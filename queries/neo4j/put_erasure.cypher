// summary: Write nodes of the kind Erasure, new or changed, whole.
// parameters: $rows flat properties, each with id
// returns: nothing
// mode: write
UNWIND $rows AS row
MERGE (n:Erasure {id: row.id})
SET n = row
