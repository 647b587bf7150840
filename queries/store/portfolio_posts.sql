-- summary: The posts that people hold on a day.
-- parameters: :day an ISO-8601 date
-- returns: src, dst, level (JSON), unit
-- mode: read
SELECT src, dst, number, coalesce(props ->> '$.unit', '') FROM tie_facts
WHERE kind = 'WORKS_AT' AND coalesce(valid_from, '') <= :day AND coalesce(valid_to, '9999-12-32') > :day
