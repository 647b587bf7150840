-- summary: What differs between the projection and the one that the log gives, which lies in temporary tables of the same names.
-- parameters: none
-- returns: kind, id, name, held (1 if the projection has it so), wanted (1 if the log has it so)
-- mode: read
SELECT kind, id, max(name), max(held), max(wanted) FROM (
  SELECT kind, id, name, 1 AS held, 0 AS wanted FROM (SELECT * FROM main.thing EXCEPT SELECT * FROM temp.thing)
  UNION ALL
  SELECT kind, id, name, 0, 1 FROM (SELECT * FROM temp.thing EXCEPT SELECT * FROM main.thing)
  UNION ALL
  SELECT kind, id, '', 1, 0 FROM (SELECT * FROM main.tie EXCEPT SELECT * FROM temp.tie)
  UNION ALL
  SELECT kind, id, '', 0, 1 FROM (SELECT * FROM temp.tie EXCEPT SELECT * FROM main.tie)
)
GROUP BY id
ORDER BY id
