-- summary: The last number of the log, 0 if it is empty.
-- parameters: none
-- returns: seq
-- mode: read
SELECT coalesce(max(seq), 0) FROM change
