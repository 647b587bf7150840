// title_zh: 过时的态度判断
// title_en: Judgements of attitude that have grown old
// description_zh: 截至某日，仍然有效、但最后一次观察早于某日（或没有注明日期）的态度判断。
// description_en: Judgements that hold on a day, and were last observed before another day, or on no known day.
// parameters: $on a day as text (2026-03-01), $before a day as text (2025-09-01)
// mode: read
MATCH (p:Person)-[s:STANDS]->(o:Organization)
WHERE coalesce(s.valid_from, '') <= $on AND ($on < s.valid_to OR s.valid_to IS NULL)
  AND coalesce(s.ev_on, '') < $before
RETURN p.name AS person, o.name AS supplier, s.attitude AS attitude, s.ev_on AS observed, s.ev_author AS author
ORDER BY coalesce(observed, ''), person, supplier
