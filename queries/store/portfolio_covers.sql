-- summary: Who covers whom on a day, and since when.
-- parameters: :day an ISO-8601 date
-- returns: src, dst, start
-- mode: read
SELECT src, dst, valid_from FROM tie NOT INDEXED
WHERE kind = 'COVERS' AND coalesce(valid_from, '') <= :day AND coalesce(valid_to, '9999-12-32') > :day
