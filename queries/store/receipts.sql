-- summary: The receipts of all batches, newest first, each with the undo that holds of it, if one does.
-- parameters: none
-- returns: batch, recorded_at, actor, title, created, updated, removed, undone_by, undoes
-- mode: read
/* Each undo, the undo of an undo too, takes back or brings back what one first batch did: the last of them decides. */
WITH RECURSIVE climb (n, at, top, depth) AS (
  SELECT n, n, undoes, 1 FROM batch WHERE undoes <> ''
  UNION ALL
  SELECT climb.n, batch.n, batch.undoes, depth + 1
  FROM climb JOIN batch ON batch.id = climb.top
  WHERE batch.undoes <> '' AND batch.n < climb.at
),
/* Of the row with the greatest value the other columns are taken. */
undo AS (SELECT n, top, max(depth) AS depth FROM climb GROUP BY n),
latest AS (SELECT top, max(n) AS n, depth FROM undo GROUP BY top)
SELECT batch.id, batch.recorded_at, batch.actor, batch.title, batch.created, batch.updated, batch.removed,
  coalesce(against.id, ''), batch.undoes
FROM batch
LEFT JOIN undo ON undo.n = batch.n
LEFT JOIN latest ON latest.top = coalesce(undo.top, batch.id) AND (latest.depth - coalesce(undo.depth, 0)) % 2 <> 0
LEFT JOIN batch AS against ON against.n = latest.n
ORDER BY batch.recorded_at DESC, batch.n DESC
