// summary: The receipts of all batches, newest first, each with the batch that undid it.
// parameters: none
// returns: batch, recorded_at, actor, title, created, updated, removed, undone_by
// mode: read
MATCH (b:Batch)
OPTIONAL MATCH (u:Batch {undoes: b.id})
WITH b, max(u.id) AS undone_by
RETURN b.id AS batch, b.recorded_at AS recorded_at, b.actor AS actor, b.title AS title, b.created AS created, b.updated AS updated, b.removed AS removed, undone_by
ORDER BY recorded_at DESC, b.number DESC
