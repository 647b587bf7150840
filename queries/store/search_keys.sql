-- summary: Things with an id, or whose e-mail address or key in another system contains a text.
-- parameters: :id as given; :text in small letters; :limit at most so many
-- returns: kind, id, name, name_alt
-- mode: read
SELECT kind, id, name, name_alt FROM thing_facts
WHERE kind IN ('Organization', 'Person', 'Deal') AND (
  id = :id OR instr(small(props ->> '$.email'), :text) > 0
  OR EXISTS (SELECT 1 FROM json_each(props, '$.keys') WHERE instr(small(value), :text) > 0))
ORDER BY kind, name, id
LIMIT :limit
