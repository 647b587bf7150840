// summary: The mark of a store: which schema it has.
// parameters: none
// returns: schema
// mode: read
MATCH (s:Store {key: 'powermap'})
RETURN s.schema AS schema
