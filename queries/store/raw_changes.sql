-- summary: The log as it is kept, in order; a change whose batch is gone has none.
-- parameters: none
-- returns: seq, batch, kind, id, before, after, source
-- mode: read
SELECT change.seq, coalesce(batch.id, ''), change.kind, change.id, change.before, change.after, change.source
FROM change LEFT JOIN batch ON batch.n = change.batch
ORDER BY change.seq
