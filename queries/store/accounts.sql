-- summary: The organizations of type customer.
-- parameters: none
-- returns: kind, id, name, name_alt
-- mode: read
SELECT kind, id, name, name_alt FROM thing
WHERE kind = 'Organization' AND type = 'customer'
ORDER BY name, id
