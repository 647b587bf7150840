-- summary: Whether anything was ever written.
-- parameters: none
-- returns: a row if so
-- mode: read
SELECT 1 FROM batch LIMIT 1
