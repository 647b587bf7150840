// summary: What the store holds of some ties, each found by the index of its type.
// parameters: $ids ids of ties
// returns: id, props
// mode: read
UNWIND $ids AS id MATCH ()-[r:PART_OF {id: id}]->() RETURN id, properties(r) AS props
UNION ALL
UNWIND $ids AS id MATCH ()-[r:WORKS_AT {id: id}]->() RETURN id, properties(r) AS props
UNION ALL
UNWIND $ids AS id MATCH ()-[r:REPORTS_TO {id: id}]->() RETURN id, properties(r) AS props
UNION ALL
UNWIND $ids AS id MATCH ()-[r:INFLUENCES {id: id}]->() RETURN id, properties(r) AS props
UNION ALL
UNWIND $ids AS id MATCH ()-[r:MEMBER_OF {id: id}]->() RETURN id, properties(r) AS props
UNION ALL
UNWIND $ids AS id MATCH ()-[r:COVERS {id: id}]->() RETURN id, properties(r) AS props
UNION ALL
UNWIND $ids AS id MATCH ()-[r:SERVES {id: id}]->() RETURN id, properties(r) AS props
UNION ALL
UNWIND $ids AS id MATCH ()-[r:TAKES_PART {id: id}]->() RETURN id, properties(r) AS props
UNION ALL
UNWIND $ids AS id MATCH ()-[r:STANDS {id: id}]->() RETURN id, properties(r) AS props
UNION ALL
UNWIND $ids AS id MATCH ()-[r:RELATES {id: id}]->() RETURN id, properties(r) AS props
