// summary: Ties that run between others than they say.
// parameters: none
// returns: kind, id
// mode: read
MATCH (a)-[r:PART_OF|WORKS_AT|REPORTS_TO|INFLUENCES|MEMBER_OF|COVERS|SERVES|TAKES_PART|STANDS|RELATES]->(b)
WHERE r.id IS NULL OR coalesce(a.id, '') <> r.src OR coalesce(b.id, '') <> r.dst
RETURN type(r) AS kind, coalesce(r.id, '') AS id
