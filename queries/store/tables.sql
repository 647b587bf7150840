-- summary: How many tables, indexes and views there are: none in a file that is new.
-- parameters: none
-- returns: count
-- mode: read
SELECT count(*) FROM sqlite_schema
