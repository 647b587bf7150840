// summary: The ties that touch some people, or lead to some organizations, and suppliers' people in the circles of these people; one tie may come twice.
// parameters: $people, $organizations ids
// returns: kind, rows (flat properties)
// mode: read
UNWIND $people AS id
MATCH (:Person {id: id})-[r:PART_OF|WORKS_AT|REPORTS_TO|INFLUENCES|MEMBER_OF|COVERS|SERVES|TAKES_PART|STANDS|RELATES]-()
WITH DISTINCT r
RETURN type(r) AS kind, collect(properties(r)) AS rows
UNION ALL
UNWIND $organizations AS id
MATCH (:Organization {id: id})<-[r:PART_OF|WORKS_AT|REPORTS_TO|INFLUENCES|MEMBER_OF|COVERS|SERVES|TAKES_PART|STANDS|RELATES]-()
RETURN type(r) AS kind, collect(properties(r)) AS rows
UNION ALL
UNWIND $people AS id
MATCH (:Person {id: id})-[:MEMBER_OF]->(c:Organization)
WITH DISTINCT c
MATCH (c)<-[r:MEMBER_OF]-(:Person)-[:WORKS_AT]->(s:Organization {type: 'supplier'})
WHERE s.gone IS NULL
WITH DISTINCT r
RETURN type(r) AS kind, collect(properties(r)) AS rows
