-- summary: The last number that was given to a change.
-- parameters: none
-- returns: seq
-- mode: read
SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'change'), 0)
