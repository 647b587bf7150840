-- summary: The stances that hold on a day; of two of one person to one supplier the last row counts.
-- parameters: :day an ISO-8601 date
-- returns: src, dst, attitude, deal, start, day observed
-- mode: read
/* That row is the deal's, then the latest, then one that is known, then the least favourable. */
SELECT src, dst, props ->> '$.attitude', coalesce(props ->> '$.deal', ''), valid_from, props ->> '$.ev_on'
FROM tie_facts
WHERE kind = 'STANDS' AND coalesce(valid_from, '') <= :day AND coalesce(valid_to, '9999-12-32') > :day
ORDER BY coalesce(props ->> '$.deal', '') <> '', coalesce(valid_from, ''),
  props ->> '$.attitude' IS NOT NULL, props ->> '$.attitude' DESC, id
