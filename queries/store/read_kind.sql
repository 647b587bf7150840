-- summary: Every record of one kind.
-- parameters: :kind the kind, :tie whether it is one of ties
-- returns: kind, props
-- mode: read
SELECT kind, props FROM thing_facts WHERE NOT :tie AND kind = :kind
UNION ALL
SELECT kind, props FROM tie_facts WHERE :tie AND kind = :kind
