// summary: The receipts of all batches, newest first, each with the undo that holds of it, if one does.
// parameters: none
// returns: batch, recorded_at, actor, title, created, updated, removed, undone_by, undoes
// mode: read
// Each undo, the undo of an undo too, takes back or brings back what one first batch did: the last of them decides.
OPTIONAL MATCH (u:Batch)
WHERE u.undoes IS NOT NULL
WITH u ORDER BY u.number
WITH collect(u) AS found
WITH reduce(
  undos = [], u IN found |
  undos + coalesce(
    head([v IN undos WHERE v.id = u.undoes | {id: u.id, top: v.top, depth: v.depth + 1}]),
    {id: u.id, top: u.undoes, depth: 1}
  )
) AS undos
MATCH (b:Batch)
WITH b, undos, coalesce(head([u IN undos WHERE u.id = b.id]), {top: b.id, depth: 0}) AS own
WITH b, own, last([u IN undos WHERE u.top = own.top]) AS latest
RETURN b.id AS batch, b.recorded_at AS recorded_at, b.actor AS actor, b.title AS title, b.created AS created, b.updated AS updated, b.removed AS removed,
  CASE WHEN (latest.depth - own.depth) % 2 <> 0 THEN latest.id ELSE '' END AS undone_by, coalesce(b.undoes, '') AS undoes
ORDER BY recorded_at DESC, b.number DESC
