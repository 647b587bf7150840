-- summary: The power of people that somebody asserted.
-- parameters: none
-- returns: id, power (JSON)
-- mode: read
SELECT id, props -> '$.power' FROM thing_facts WHERE kind = 'Person' AND props ->> '$.power' IS NOT NULL
