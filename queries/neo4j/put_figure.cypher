// summary: Write nodes of the kind Figure, new or changed, whole.
// parameters: $rows flat properties, each with id
// returns: nothing
// mode: write
UNWIND $rows AS row
MERGE (n:Figure {id: row.id})
SET n = row
