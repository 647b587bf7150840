-- summary: Throw the chain away, to make it anew.
-- parameters: none
-- returns: nothing
-- mode: write
DELETE FROM chain
