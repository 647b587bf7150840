// summary: The batches as they are kept, in order; one without changes is as its place in the chain.
// parameters: none
// returns: id, recorded_at, actor, title, created, updated, removed, undoes
// mode: read
MATCH (b:Batch)
OPTIONAL MATCH (l:Link {batch: b.id})
WITH b, l.place AS place
ORDER BY b.number, place, b.recorded_at
RETURN b.id AS id, b.recorded_at AS recorded_at, b.actor AS actor, b.title AS title, b.created AS created, b.updated AS updated, b.removed AS removed, coalesce(b.undoes, '') AS undoes
