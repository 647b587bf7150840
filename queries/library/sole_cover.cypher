// title_zh: 独家覆盖：只有我方一人覆盖的人
// title_en: Sole cover: people whom only one of ours covers
// description_zh: 截至某日，客户方的人只由我方一个人覆盖，按该同事独自覆盖的人数排列。这不是我方单点：单点看的是通路，用 fragile 问。
// description_en: On a day, the customer's people whom only one of ours covers, by how many that one covers alone. Not the single owner, who is about ways: ask fragile.
// parameters: $account the account's id, $on a day as text (2026-03-01)
// mode: read
MATCH (:Organization {id: $account})<-[:PART_OF*0..6]-(o:Organization)<-[w:WORKS_AT|MEMBER_OF]-(p:Person)
WHERE coalesce(w.valid_from, '') <= $on AND ($on < w.valid_to OR w.valid_to IS NULL)
WITH DISTINCT p
MATCH (:Organization {us: true})<-[j:WORKS_AT]-(s:Person)-[c:COVERS]->(p)
WHERE coalesce(c.valid_from, '') <= $on AND ($on < c.valid_to OR c.valid_to IS NULL)
  AND coalesce(j.valid_from, '') <= $on AND ($on < j.valid_to OR j.valid_to IS NULL)
WITH p, collect(DISTINCT s) AS ours
WHERE size(ours) = 1
WITH ours[0] AS ours, collect(p.name) AS people
RETURN ours.name AS ours, size(people) AS alone, people
ORDER BY alone DESC, ours
