// summary: A page of the log as it is kept, in order; a change whose batch is gone has none.
// parameters: $after a number of the log, $page at most so many
// returns: seq, batch, kind, id, before, after, source
// mode: read
MATCH (c:Change)
WHERE c.seq > $after
OPTIONAL MATCH (b:Batch {id: c.batch})
RETURN c.seq AS seq, coalesce(b.id, '') AS batch, c.kind AS kind, c.id AS id, c.before AS before, c.after AS after, c.source AS source
ORDER BY seq
LIMIT $page
