// summary: The highest number of the log, 0 if it is empty.
// parameters: none
// returns: seq
// mode: read
MATCH (s:Store {key: 'powermap'})
RETURN s.seq AS seq
