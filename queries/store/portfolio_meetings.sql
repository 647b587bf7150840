-- summary: When each account or unit was last met, up to a day.
-- parameters: :day an ISO-8601 date
-- returns: account, on
-- mode: read
SELECT account, max(props ->> '$.on') FROM thing_facts
WHERE kind = 'Interaction' AND props ->> '$.on' <= :day
GROUP BY account
