// summary: The organizations of type customer.
// parameters: none
// returns: kind, id, name, name_alt
// mode: read
MATCH (n:Organization {type: 'customer'})
RETURN 'Organization' AS kind, n.id AS id, n.name AS name, coalesce(n.name_alt, '') AS name_alt
ORDER BY name, id
