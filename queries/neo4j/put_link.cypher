// summary: Add what proves a batch to the chain.
// parameters: $link flat properties
// returns: nothing
// mode: write
CREATE (l:Link)
SET l = $link
