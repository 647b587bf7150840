// summary: Write the receipt of a batch, and how far the log goes now.
// parameters: $batch flat properties, $seq the last number of the log
// returns: nothing
// mode: write
MATCH (s:Store {key: 'powermap'})
SET s.seq = $seq
CREATE (b:Batch)
SET b = $batch
