-- summary: All deals, those without outcome that close first coming first.
-- parameters: none
-- returns: id, account, rule, outcome
-- mode: read
SELECT id, account, props ->> '$.rule', props ->> '$.outcome' FROM thing_facts
WHERE kind = 'Deal'
ORDER BY coalesce(props ->> '$.outcome', '') <> '', coalesce(props ->> '$.close_on', '9999-12-31'), name, id
