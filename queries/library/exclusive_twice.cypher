// title_zh: 同时被记为两家供应商独家支持者的人
// title_en: People said to support two suppliers exclusively
// description_zh: 截至某日，对两家以上供应商的态度都是“独家支持”或“教练”的人：至少有一个判断是错的。
// description_en: On a day, people whose attitude to two suppliers or more is exclusive: one judgement must be wrong.
// parameters: $on a day as text (2026-03-01)
// mode: read
MATCH (p:Person)-[s:STANDS]->(o:Organization)
WHERE s.attitude >= 2 AND coalesce(s.valid_from, '') <= $on AND ($on < s.valid_to OR s.valid_to IS NULL)
WITH p, coalesce(s.deal, '') AS deal, collect(DISTINCT o.name) AS suppliers
WHERE size(suppliers) > 1
RETURN p.name AS person, deal, suppliers
ORDER BY person, deal
