// title_zh: 同时被记为两家供应商独家支持者的人
// title_en: People said to support two suppliers exclusively
// description_zh: 截至某日，在同一个项目上（或不分项目）对两家以上供应商的态度都是“支持并排他”或“教练”的人：至少有一个判断是错的。项目没有单独判断的，以对客户整体的判断为准。
// description_en: On a day, people whose attitude to two suppliers or more is exclusive, in one deal or in none: one judgement must be wrong. Where a deal has none of its own, that for the account counts.
// parameters: $on a day as text (2026-03-01)
// mode: read
MATCH (p:Person)-[s:STANDS]->(o:Organization)
WHERE coalesce(s.valid_from, '') <= $on AND ($on < s.valid_to OR s.valid_to IS NULL)
WITH p, collect({supplier: o.name, deal: coalesce(s.deal, ''), attitude: s.attitude}) AS held
UNWIND held AS one
WITH DISTINCT p, held, one.deal AS deal
WITH p, deal, [h IN held WHERE h.deal = deal OR (h.deal = ''
  AND none(own IN held WHERE own.deal = deal AND own.supplier = h.supplier)) | h] AS counting
UNWIND counting AS stance
WITH p, deal, stance WHERE stance.attitude >= 2
WITH p, deal, collect(DISTINCT stance.supplier) AS suppliers
WHERE size(suppliers) > 1
RETURN p.name AS person, deal, suppliers
ORDER BY person, deal
