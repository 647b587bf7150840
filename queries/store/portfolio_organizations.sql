-- summary: All organizations, by name.
-- parameters: none
-- returns: id, type, name, name_alt, us, grade, region
-- mode: read
SELECT id, type, name, name_alt, props ->> '$.us', props ->> '$.grade', props ->> '$.region' FROM thing_facts
WHERE kind = 'Organization'
ORDER BY name, id
