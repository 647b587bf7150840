-- summary: What proves each batch, in the order of the chain.
-- parameters: none
-- returns: place, batch, hash, leaves, taken, rewrote
-- mode: read
SELECT place, batch, hash, leaves, taken, rewrote FROM chain ORDER BY place
