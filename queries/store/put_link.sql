-- summary: Add what proves a batch to the chain.
-- parameters: ? in this order: place, batch, hash, leaves, taken, rewrote
-- returns: nothing
-- mode: write
INSERT INTO chain (place, batch, hash, leaves, taken, rewrote) VALUES (?, ?, ?, ?, ?, ?)
