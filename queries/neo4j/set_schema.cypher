// summary: Mark a store as brought to a schema.
// parameters: $schema number of the schema
// returns: nothing
// mode: write
MATCH (s:Store {key: 'powermap'})
SET s.schema = $schema
