// summary: Things whose name, other name or pinyin contains a text; names that begin with it first.
// parameters: $text folded text; $kind a kind or null; $limit at most so many
// returns: kind, id, name, name_alt
// mode: read
MATCH (n:Organization|Person|Deal)
WHERE n.search CONTAINS $text AND ($kind IS NULL OR $kind IN labels(n))
WITH n, labels(n)[0] AS kind, CASE WHEN $text = '' THEN 0 ELSE size(split(n.search, $text)[0]) END AS place
RETURN kind, n.id AS id, n.name AS name, coalesce(n.name_alt, '') AS name_alt
ORDER BY place, kind, name, id
LIMIT $limit
