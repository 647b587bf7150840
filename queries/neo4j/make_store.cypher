// summary: Mark the database as a store.
// parameters: $schema number of the schema
// returns: nothing
// mode: write
MERGE (s:Store {key: 'powermap'})
ON CREATE SET s.schema = $schema, s.seq = 0
