-- summary: What a tie is now.
-- parameters: :id the record's id
-- returns: props
-- mode: read
SELECT props FROM tie_facts WHERE id = :id
