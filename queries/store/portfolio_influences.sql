-- summary: The influence ties of positive sign that hold on a day, with their channels.
-- parameters: :day an ISO-8601 date
-- returns: src, dst, strength (JSON), channel
-- mode: read
SELECT src, dst, number, coalesce(props ->> '$.channel', '') FROM tie_facts
WHERE kind = 'INFLUENCES' AND coalesce(valid_from, '') <= :day AND coalesce(valid_to, '9999-12-32') > :day
  AND coalesce(sign, 1) > 0
