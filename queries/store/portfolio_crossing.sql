-- summary: What begins or ends to hold after one day and up to a later one.
-- parameters: :day, :later ISO-8601 dates
-- returns: kind, id, props
-- mode: read
SELECT kind, id, props FROM tie NOT INDEXED
WHERE instr(props, '"valid_') > 0
  AND ((props ->> '$.valid_from' > :day AND props ->> '$.valid_from' <= :later)
    OR (props ->> '$.valid_to' > :day AND props ->> '$.valid_to' <= :later))
UNION ALL
SELECT kind, id, props FROM thing
WHERE kind IN ('Figure', 'Interaction') AND props ->> '$.on' > :day AND props ->> '$.on' <= :later
