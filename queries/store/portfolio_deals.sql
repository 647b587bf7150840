-- summary: All deals, those that close first coming first.
-- parameters: none
-- returns: id, account, rule, outcome, close_on
-- mode: read
SELECT id, account, props ->> '$.rule', props ->> '$.outcome', props ->> '$.close_on' FROM thing_facts
WHERE kind = 'Deal'
ORDER BY coalesce(props ->> '$.close_on', '9999-12-31'), name, coalesce(props ->> '$.rule', ''), id
