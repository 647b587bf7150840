// title_zh: 采购委员会中无人覆盖的成员
// title_en: Members of the committee whom nobody covers
// description_zh: 截至某日，某商机采购委员会中没有任何我方人员覆盖的成员；有否决权的排在前面，不论话语权大小。
// description_en: On a day, the members of a deal's buying committee whom nobody of ours covers, whatever their power; vetoes first.
// parameters: $deal the deal's id, $on a day as text (2026-03-01)
// mode: read
MATCH (p:Person)-[t:TAKES_PART]->(:Deal {id: $deal})
WHERE coalesce(t.valid_from, '') <= $on AND ($on < t.valid_to OR t.valid_to IS NULL)
  AND NOT EXISTS {
    MATCH (s:Person)-[c:COVERS]->(p)
    MATCH (s)-[w:WORKS_AT]->(:Organization {us: true})
    WHERE coalesce(c.valid_from, '') <= $on AND ($on < c.valid_to OR c.valid_to IS NULL)
      AND coalesce(w.valid_from, '') <= $on AND ($on < w.valid_to OR w.valid_to IS NULL)
  }
RETURN p.name AS person, coalesce(t.roles, []) AS roles, t.votes AS votes, coalesce(t.veto, false) AS veto
ORDER BY veto DESC, coalesce(votes, 1.0) DESC, person
