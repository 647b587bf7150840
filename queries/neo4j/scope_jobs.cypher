// summary: Where some people are employed, at any date.
// parameters: $people ids
// returns: kind, rows (flat properties)
// mode: read
UNWIND $people AS id
MATCH (p:Person {id: id})-[r:WORKS_AT]->()
WHERE p.gone IS NULL
RETURN type(r) AS kind, collect(properties(r)) AS rows
