-- summary: The ties of access that hold on a day, each with its one number, by id.
-- parameters: :day an ISO-8601 date
-- returns: kind, src, dst, number (JSON: level, dotted, strength or roles)
-- mode: read
SELECT kind, src, dst,
  CASE kind
    WHEN 'INFLUENCES' THEN props -> '$.strength'
    WHEN 'COVERS' THEN props -> '$.strength'
    WHEN 'WORKS_AT' THEN props -> '$.level'
    WHEN 'REPORTS_TO' THEN props -> '$.dotted'
    WHEN 'TAKES_PART' THEN props -> '$.roles'
  END
FROM tie NOT INDEXED
WHERE kind IN ('WORKS_AT', 'MEMBER_OF', 'REPORTS_TO', 'INFLUENCES', 'COVERS', 'PART_OF', 'TAKES_PART')
  AND coalesce(props ->> '$.valid_from', '') <= :day AND coalesce(props ->> '$.valid_to', '9999-12-32') > :day
  AND NOT (kind = 'INFLUENCES' AND coalesce(props ->> '$.sign', 1) < 0)
ORDER BY id
