-- summary: Whether the projection holds anything.
-- parameters: none
-- returns: 1 or 0
-- mode: read
SELECT EXISTS (SELECT 1 FROM thing) OR EXISTS (SELECT 1 FROM tie)
