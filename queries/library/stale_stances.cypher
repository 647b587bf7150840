// title_zh: 过时的态度判断
// title_en: Judgements of attitude that have grown old
// description_zh: 截至某日仍然有效、但最后一次判断（观察日期或起始日期，取较晚者）早于另一日的态度，各供应商都列；没有日期的不算。
// description_en: Judgements that hold on a day and were last made before another (when observed or when they began, the later), of every supplier; those without a day don't count.
// parameters: $on a day as text (2026-03-01), $before a day as text (2025-09-01)
// mode: read
MATCH (p:Person)-[s:STANDS]->(o:Organization)
WHERE coalesce(s.valid_from, '') <= $on AND ($on < s.valid_to OR s.valid_to IS NULL)
WITH p, s, o, CASE WHEN coalesce(s.ev_on, '') > coalesce(s.valid_from, '') THEN s.ev_on ELSE s.valid_from END AS judged
WHERE judged < $before
RETURN p.name AS person, o.name AS supplier, s.attitude AS attitude, judged, s.ev_author AS author
ORDER BY judged, person, supplier
