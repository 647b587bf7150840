// summary: The end of the chain, and when something was recorded last.
// parameters: none
// returns: place, hash, recorded_at (null if there is none)
// mode: read
OPTIONAL MATCH (b:Batch)
WITH max(b.recorded_at) AS recorded_at
OPTIONAL MATCH (l:Link)
WITH recorded_at, l ORDER BY l.place DESC LIMIT 1
RETURN coalesce(l.place, 0) AS place, l.hash AS hash, recorded_at
