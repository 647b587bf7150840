-- summary: Write one change to the log.
-- parameters: ? in this order: the batch's number, kind, id, before and after as JSON or null, source
-- returns: nothing
-- mode: write
INSERT INTO change (batch, kind, id, before, after, source) VALUES (?, ?, ?, ?, ?, ?)
