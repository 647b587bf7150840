-- summary: The last change of the log and the batch it came with: together they name a state of the store.
-- parameters: :seq look at this change instead, or null
-- returns: seq, batch
-- mode: read
SELECT seq, batch.id FROM change JOIN batch ON batch.n = change.batch
WHERE seq = coalesce(:seq, (SELECT max(seq) FROM change))
