-- summary: Drop the temporary tables of make_replay.
-- parameters: none
-- returns: nothing
-- mode: write
DROP TABLE temp.thing;
DROP TABLE temp.tie;
