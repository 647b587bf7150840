// summary: A page of one record in the log: all of it, or what was recorded up to an instant.
// parameters: $record a record's id, $after a number of the log, $until an ISO-8601 UTC instant or null, $page at most so many
// returns: seq, batch, recorded_at, actor, title, kind, id, before, after, source
// mode: read
MATCH (c:Change {id: $record})
WHERE c.seq > $after
MATCH (b:Batch {id: c.batch})
WHERE $until IS NULL OR b.recorded_at <= $until
RETURN c.seq AS seq, b.id AS batch, b.recorded_at AS recorded_at, b.actor AS actor, b.title AS title, c.kind AS kind, c.id AS id, c.before AS before, c.after AS after, c.source AS source
ORDER BY seq
LIMIT $page
