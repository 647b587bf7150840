// summary: Every tie.
// parameters: none
// returns: kind, rows (flat properties)
// mode: read
MATCH ()-[r:PART_OF|WORKS_AT|REPORTS_TO|INFLUENCES|MEMBER_OF|COVERS|SERVES|TAKES_PART|STANDS|RELATES]->()
RETURN type(r) AS kind, collect(properties(r)) AS rows
