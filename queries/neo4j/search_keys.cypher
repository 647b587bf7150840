// summary: Things with an id, or whose e-mail address or key in another system contains a text.
// parameters: $id as given; $text in small letters; $limit at most so many
// returns: kind, id, name, name_alt
// mode: read
MATCH (n:Organization|Person|Deal)
WHERE n.id = $id OR toLower(n.email) CONTAINS $text
  OR any(key IN coalesce(n.keys, []) WHERE toLower(last(split(key, ['|', '/']))) CONTAINS $text)
RETURN labels(n)[0] AS kind, n.id AS id, n.name AS name, coalesce(n.name_alt, '') AS name_alt
ORDER BY kind, name, id
LIMIT $limit
