-- summary: Whether a batch is in the log.
-- parameters: :batch the batch's id
-- returns: a row if so
-- mode: read
SELECT 1 FROM batch WHERE id = :batch
