-- summary: Write one change to the log with its number, as it was kept elsewhere.
-- parameters: ? in this order: number, the batch's number, kind, id, before and after as JSON or null, source
-- returns: nothing
-- mode: write
INSERT INTO change (seq, batch, kind, id, before, after, source) VALUES (?, ?, ?, ?, ?, ?, ?)
