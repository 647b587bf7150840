-- summary: The receipts of all batches, newest first, each with the batch that undid it.
-- parameters: none
-- returns: batch, recorded_at, actor, title, created, updated, removed, undone_by
-- mode: read
SELECT batch.id, batch.recorded_at, batch.actor, batch.title, batch.created, batch.updated, batch.removed, max(undo.id)
FROM batch LEFT JOIN batch AS undo ON undo.undoes = batch.id
GROUP BY batch.n
ORDER BY batch.recorded_at DESC, batch.n DESC
