// summary: Lock the store for one writer until the transaction ends, and say whether a batch is in the log.
// parameters: $batch the batch's id
// returns: seq, known
// mode: write
MATCH (s:Store {key: 'powermap'})
SET s.writer = $batch
RETURN s.seq AS seq, EXISTS { (:Batch {id: $batch}) } AS known
