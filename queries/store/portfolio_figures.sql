-- summary: Our revenue by account, known up to a day, as Lens.figures orders it.
-- parameters: :day an ISO-8601 date
-- returns: account, on, value, currency, category
-- mode: read
SELECT account, props ->> '$.on', props -> '$.value', props ->> '$.currency', props ->> '$.category' FROM thing_facts
WHERE kind = 'Figure' AND props ->> '$.measure' = 'revenue' AND coalesce(props ->> '$.supplier', '') = '' AND props ->> '$.on' <= :day
ORDER BY props ->> '$.on', coalesce(props ->> '$.category', ''), id
