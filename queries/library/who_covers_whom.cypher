// title_zh: 谁负责谁
// title_en: Who covers whom
// description_zh: 截至某日，各供应商的人员覆盖了客户的哪些人，以何种职责。
// description_en: On a day, which of the customer's people the suppliers' people look after, and with which duty.
// parameters: $account the account's id, $on a day as text (2026-03-01)
// mode: read
MATCH (:Organization {id: $account})<-[:PART_OF*0..6]-(o:Organization)<-[w:WORKS_AT|MEMBER_OF]-(p:Person)
WHERE coalesce(w.valid_from, '') <= $on AND ($on < w.valid_to OR w.valid_to IS NULL)
WITH DISTINCT p
MATCH (s:Person)-[c:COVERS]->(p)
WHERE coalesce(c.valid_from, '') <= $on AND ($on < c.valid_to OR c.valid_to IS NULL)
OPTIONAL MATCH (s)-[j:WORKS_AT]->(f:Organization {type: 'supplier'})
WHERE coalesce(j.valid_from, '') <= $on AND ($on < j.valid_to OR j.valid_to IS NULL)
RETURN f.name AS supplier, s.name AS covers, p.name AS person, c.duty AS duty, c.strength AS strength
ORDER BY supplier, covers, person
