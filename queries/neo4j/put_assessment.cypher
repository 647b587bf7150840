// summary: Write nodes of the kind Assessment, new or changed, whole.
// parameters: $rows flat properties, each with id
// returns: nothing
// mode: write
UNWIND $rows AS row
MERGE (n:Assessment {id: row.id})
SET n = row
