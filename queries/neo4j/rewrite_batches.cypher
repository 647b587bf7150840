// summary: Put what stays of the title and the author of some batches in the place of what they were.
// parameters: $rows id, title, actor
// returns: nothing
// mode: write
UNWIND $rows AS row
MATCH (b:Batch {id: row.id})
SET b.title = row.title, b.actor = row.actor
