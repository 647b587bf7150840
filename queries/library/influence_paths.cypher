// title_zh: 经影响关系通往某人的路径
// title_en: Paths of influence to a person
// description_zh: 截至某日，从我方人员出发，经覆盖关系和正向影响，最多三步影响到某人的最短路径（最多 20 条）；不借道总体上反对我方的人，也不经过已离职（任职都已结束）的人。不走汇报线、不看单个商机里的态度、不避开对手独家支持者，这些 ways 都管。
// description_en: On a day, the shortest ways from one of ours, by coverage and at most three steps of influence (20); never through who opposes us in general or has left (every job ended). Reporting lines, attitudes in one deal and rivals' exclusive supporters are left to the command ways.
// parameters: $person the decision-maker's id, $on a day as text (2026-03-01)
// mode: read
MATCH (us:Organization {us: true})<-[w:WORKS_AT]-(s:Person)-[c:COVERS]->(first:Person)
WHERE coalesce(w.valid_from, '') <= $on AND ($on < w.valid_to OR w.valid_to IS NULL)
  AND coalesce(c.valid_from, '') <= $on AND ($on < c.valid_to OR c.valid_to IS NULL)
MATCH way = (first)-[:INFLUENCES*0..3]->(:Person {id: $person})
WHERE all(i IN relationships(way) WHERE i.sign = 1
  AND coalesce(i.valid_from, '') <= $on AND ($on < i.valid_to OR i.valid_to IS NULL))
  AND none(n IN nodes(way)[..-1] WHERE EXISTS {
    MATCH (n)-[o:STANDS]->(:Organization {us: true})
    WHERE o.attitude < 0 AND coalesce(o.deal, '') = ''
      AND coalesce(o.valid_from, '') <= $on AND ($on < o.valid_to OR o.valid_to IS NULL)
  })
  AND none(n IN nodes(way) WHERE EXISTS { (n)-[:WORKS_AT]->() } AND NOT EXISTS {
    MATCH (n)-[j:WORKS_AT]->()
    WHERE coalesce(j.valid_from, '') <= $on AND ($on < j.valid_to OR j.valid_to IS NULL)
  })
RETURN DISTINCT s.name AS ours, [n IN nodes(way) | n.name] AS way, length(way) AS steps
ORDER BY steps, ours, way
LIMIT 20
