// summary: What the store holds of some things, each found by the index of its label.
// parameters: $ids ids of things
// returns: id, props
// mode: read
UNWIND $ids AS id MATCH (n:Organization {id: id}) WHERE n.gone IS NULL RETURN id, properties(n) AS props
UNION ALL
UNWIND $ids AS id MATCH (n:Person {id: id}) WHERE n.gone IS NULL RETURN id, properties(n) AS props
UNION ALL
UNWIND $ids AS id MATCH (n:Deal {id: id}) WHERE n.gone IS NULL RETURN id, properties(n) AS props
UNION ALL
UNWIND $ids AS id MATCH (n:Interaction {id: id}) WHERE n.gone IS NULL RETURN id, properties(n) AS props
UNION ALL
UNWIND $ids AS id MATCH (n:Figure {id: id}) WHERE n.gone IS NULL RETURN id, properties(n) AS props
UNION ALL
UNWIND $ids AS id MATCH (n:Layout {id: id}) WHERE n.gone IS NULL RETURN id, properties(n) AS props
UNION ALL
UNWIND $ids AS id MATCH (n:Assessment {id: id}) WHERE n.gone IS NULL RETURN id, properties(n) AS props
UNION ALL
UNWIND $ids AS id MATCH (n:Goal {id: id}) WHERE n.gone IS NULL RETURN id, properties(n) AS props
UNION ALL
UNWIND $ids AS id MATCH (n:Action {id: id}) WHERE n.gone IS NULL RETURN id, properties(n) AS props
UNION ALL
UNWIND $ids AS id MATCH (n:Voice {id: id}) WHERE n.gone IS NULL RETURN id, properties(n) AS props
UNION ALL
UNWIND $ids AS id MATCH (n:Erasure {id: id}) WHERE n.gone IS NULL RETURN id, properties(n) AS props
