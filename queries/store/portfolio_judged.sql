-- summary: Where attitudes rest on more than a typed total: accounts with assessments, and people judged on single dimensions alone.
-- parameters: none
-- returns: kind, id of an account or of a person
-- mode: read
SELECT DISTINCT kind, account FROM thing_facts WHERE kind = 'Assessment'
UNION ALL
SELECT DISTINCT 'STANDS', src FROM tie_facts
WHERE kind = 'STANDS' AND props ->> '$.attitude' IS NULL AND coalesce(
  props ->> '$.acceptance', props ->> '$.participation', props ->> '$.support',
  props ->> '$.information', props ->> '$.guidance', props ->> '$.rivalry'
) IS NOT NULL
