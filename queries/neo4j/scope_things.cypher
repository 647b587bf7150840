// summary: Some things by their ids.
// parameters: $ids ids of things
// returns: kind, rows (flat properties)
// mode: read
UNWIND $ids AS id MATCH (n:Organization {id: id}) WHERE n.gone IS NULL RETURN 'Organization' AS kind, collect(properties(n)) AS rows
UNION ALL
UNWIND $ids AS id MATCH (n:Person {id: id}) WHERE n.gone IS NULL RETURN 'Person' AS kind, collect(properties(n)) AS rows
UNION ALL
UNWIND $ids AS id MATCH (n:Deal {id: id}) WHERE n.gone IS NULL RETURN 'Deal' AS kind, collect(properties(n)) AS rows
UNION ALL
UNWIND $ids AS id MATCH (n:Interaction {id: id}) WHERE n.gone IS NULL RETURN 'Interaction' AS kind, collect(properties(n)) AS rows
UNION ALL
UNWIND $ids AS id MATCH (n:Figure {id: id}) WHERE n.gone IS NULL RETURN 'Figure' AS kind, collect(properties(n)) AS rows
UNION ALL
UNWIND $ids AS id MATCH (n:Layout {id: id}) WHERE n.gone IS NULL RETURN 'Layout' AS kind, collect(properties(n)) AS rows
UNION ALL
UNWIND $ids AS id MATCH (n:Assessment {id: id}) WHERE n.gone IS NULL RETURN 'Assessment' AS kind, collect(properties(n)) AS rows
UNION ALL
UNWIND $ids AS id MATCH (n:Goal {id: id}) WHERE n.gone IS NULL RETURN 'Goal' AS kind, collect(properties(n)) AS rows
UNION ALL
UNWIND $ids AS id MATCH (n:Action {id: id}) WHERE n.gone IS NULL RETURN 'Action' AS kind, collect(properties(n)) AS rows
UNION ALL
UNWIND $ids AS id MATCH (n:Voice {id: id}) WHERE n.gone IS NULL RETURN 'Voice' AS kind, collect(properties(n)) AS rows
UNION ALL
UNWIND $ids AS id MATCH (n:Erasure {id: id}) WHERE n.gone IS NULL RETURN 'Erasure' AS kind, collect(properties(n)) AS rows
