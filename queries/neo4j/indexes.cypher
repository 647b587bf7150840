// summary: The indexes that are there and can be used.
// parameters: none
// returns: name
// mode: read
SHOW INDEXES YIELD name, state
WHERE state = 'ONLINE'
RETURN name
