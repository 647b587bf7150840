-- summary: Drop the indexes, which are made anew after many rows are written.
-- parameters: none
-- returns: nothing
-- mode: write
DROP INDEX IF EXISTS change_by_record;
DROP INDEX IF EXISTS thing_by_kind;
DROP INDEX IF EXISTS thing_by_account;
DROP INDEX IF EXISTS tie_by_src;
DROP INDEX IF EXISTS tie_by_dst;
