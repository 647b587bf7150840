// summary: Write nodes of the kind Interaction, new or changed, whole.
// parameters: $rows flat properties, each with id
// returns: nothing
// mode: write
UNWIND $rows AS row
MERGE (n:Interaction {id: row.id})
SET n = row
