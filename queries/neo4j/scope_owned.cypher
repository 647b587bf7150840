// summary: The deals, interactions and figures of some organizations, and all suppliers.
// parameters: $organizations ids
// returns: kind, rows (flat properties)
// mode: read
UNWIND $organizations AS id
MATCH (n:Deal|Interaction|Figure|Layout {account: id})
WHERE n.gone IS NULL
RETURN labels(n)[0] AS kind, collect(properties(n)) AS rows
UNION ALL
MATCH (n:Organization {type: 'supplier'})
RETURN 'Organization' AS kind, collect(properties(n)) AS rows
