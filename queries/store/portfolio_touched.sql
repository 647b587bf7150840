-- summary: The accounts above some organizations, deals and people, on any day, and above those whom the people cover.
-- parameters: :organizations, :deals, :people JSON arrays of ids
-- returns: id
-- mode: read
WITH RECURSIVE
person (id) AS (
  SELECT value FROM json_each(:people)
  UNION
  SELECT tie.dst FROM json_each(:people) AS given CROSS JOIN tie ON tie.src = given.value AND tie.kind = 'COVERS'
),
above (id) AS (
  SELECT value FROM json_each(:organizations)
  UNION
  SELECT thing.account FROM json_each(:deals) AS given CROSS JOIN thing ON thing.id = given.value
  UNION
  SELECT tie.dst FROM person CROSS JOIN tie ON tie.src = person.id AND tie.kind IN ('WORKS_AT', 'MEMBER_OF')
  UNION
  SELECT tie.dst FROM above CROSS JOIN tie ON tie.src = above.id AND tie.kind = 'PART_OF'
)
SELECT thing.id FROM above CROSS JOIN thing ON thing.id = above.id
WHERE thing.kind = 'Organization' AND thing.type = 'customer'
