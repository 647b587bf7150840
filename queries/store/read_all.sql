-- summary: Every record.
-- parameters: none
-- returns: kind, props, id
-- mode: read
SELECT kind, props, id FROM thing_facts
UNION ALL
SELECT kind, props, id FROM tie_facts
