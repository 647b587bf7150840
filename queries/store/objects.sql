-- summary: The tables, indexes and views with the statements that made them.
-- parameters: none
-- returns: name, sql
-- mode: read
SELECT name, type || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM main.sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'
