-- summary: Empty the projection.
-- parameters: none
-- returns: nothing
-- mode: write
DELETE FROM thing;
DELETE FROM tie;
