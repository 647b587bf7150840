// summary: Every thing.
// parameters: none
// returns: kind, rows (flat properties)
// mode: read
MATCH (n:Organization|Person|Deal|Interaction|Figure|Layout|Assessment|Goal|Action|Voice|Erasure)
WHERE n.gone IS NULL
RETURN labels(n)[0] AS kind, collect(properties(n)) AS rows
