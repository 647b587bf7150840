// summary: What proves each batch, in the order of the chain.
// parameters: none
// returns: place, batch, hash, leaves, taken, rewrote
// mode: read
MATCH (l:Link)
RETURN l.place AS place, l.batch AS batch, l.hash AS hash, l.leaves AS leaves, coalesce(l.taken, '') AS taken, coalesce(l.rewrote, '') AS rewrote
ORDER BY place
