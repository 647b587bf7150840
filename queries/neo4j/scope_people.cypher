// summary: Who works at, or belongs to, one of some organizations.
// parameters: $organizations ids
// returns: ids
// mode: read
UNWIND $organizations AS id
MATCH (p:Person)-[:WORKS_AT|MEMBER_OF]->(:Organization {id: id})
RETURN collect(DISTINCT p.id) AS ids
