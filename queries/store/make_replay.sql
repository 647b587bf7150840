-- summary: Make temporary tables, which come before others of their name: what fills the projection fills them.
-- parameters: none
-- returns: nothing
-- mode: write
CREATE TEMP TABLE thing AS SELECT * FROM main.thing WHERE 0;
CREATE TEMP TABLE tie AS SELECT * FROM main.tie WHERE 0;
