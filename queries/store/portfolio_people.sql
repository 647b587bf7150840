-- summary: All people, by name.
-- parameters: none
-- returns: id, name, name_alt
-- mode: read
SELECT id, name, name_alt FROM thing WHERE kind = 'Person' AND type = '' ORDER BY name, id
