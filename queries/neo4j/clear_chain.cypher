// summary: Throw the chain away, to make it anew.
// parameters: none
// returns: nothing
// mode: write
MATCH (l:Link)
DELETE l
