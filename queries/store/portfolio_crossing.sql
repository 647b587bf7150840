-- summary: What begins or ends to hold, or closes, after one day and up to a later one.
-- parameters: :day, :later ISO-8601 dates
-- returns: kind, id, props
-- mode: read
SELECT kind, id, props FROM tie_facts
WHERE (valid_from > :day AND valid_from <= :later) OR (valid_to > :day AND valid_to <= :later)
UNION ALL
SELECT kind, id, props FROM thing_facts
WHERE (kind IN ('Figure', 'Interaction') AND props ->> '$.on' > :day AND props ->> '$.on' <= :later)
  OR (kind = 'Deal' AND props ->> '$.close_on' > :day AND props ->> '$.close_on' <= :later)
