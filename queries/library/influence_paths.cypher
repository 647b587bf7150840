// title_zh: 经影响关系通往某人的路径
// title_en: Paths of influence to a person
// description_zh: 截至某日，从我方人员出发，经覆盖关系和正向影响，最多三步影响到某人的最短路径（最多 20 条）；不走汇报线，也不避开反对者，这两样 ways 都管。
// description_en: On a day, the shortest ways from one of ours, by coverage and at most three steps of influence (20); no reporting lines, and opponents are passed: the command ways knows both.
// parameters: $person the decision-maker's id, $on a day as text (2026-03-01)
// mode: read
MATCH (us:Organization {us: true})<-[w:WORKS_AT]-(s:Person)-[c:COVERS]->(first:Person)
WHERE coalesce(w.valid_from, '') <= $on AND ($on < w.valid_to OR w.valid_to IS NULL)
  AND coalesce(c.valid_from, '') <= $on AND ($on < c.valid_to OR c.valid_to IS NULL)
MATCH way = (first)-[:INFLUENCES*0..3]->(:Person {id: $person})
WHERE all(i IN relationships(way) WHERE i.sign = 1
  AND coalesce(i.valid_from, '') <= $on AND ($on < i.valid_to OR i.valid_to IS NULL))
RETURN DISTINCT s.name AS ours, [n IN nodes(way) | n.name] AS way, length(way) AS steps
ORDER BY steps, ours, way
LIMIT 20
