// summary: All that belongs to some organizations, as deals, interactions and goals, and all suppliers with their roadmaps.
// parameters: $organizations ids
// returns: kind, rows (flat properties)
// mode: read
UNWIND $organizations AS id
MATCH (n:Deal|Interaction|Figure|Layout|Assessment|Goal|Action|Voice {account: id})
WHERE n.gone IS NULL
RETURN labels(n)[0] AS kind, collect(properties(n)) AS rows
UNION ALL
MATCH (n:Organization {type: 'supplier'})
RETURN 'Organization' AS kind, collect(properties(n)) AS rows
UNION ALL
MATCH (s:Organization {type: 'supplier'})
WHERE s.gone IS NULL
MATCH (n:Deal {account: s.id})
WHERE n.gone IS NULL
RETURN 'Deal' AS kind, collect(properties(n)) AS rows
