-- summary: What a thing is now.
-- parameters: :id the record's id
-- returns: props
-- mode: read
SELECT props FROM thing_facts WHERE id = :id
