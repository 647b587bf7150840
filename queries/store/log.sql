-- summary: The log in order: all of it, one record's, or what was recorded up to an instant.
-- parameters: :record a record's id or null; :until an ISO-8601 UTC instant or null
-- returns: seq, batch, recorded_at, actor, title, kind, id, before, after, source
-- mode: read
SELECT change.seq, batch.id, batch.recorded_at, batch.actor, batch.title, change.kind, change.id, change.before, change.after, change.source
FROM change JOIN batch ON batch.n = change.batch
WHERE (:record IS NULL OR change.id = :record) AND (:until IS NULL OR batch.recorded_at <= :until)
ORDER BY change.seq
