-- summary: Take the organizations, people, deals, ... from the log that were changed after a change.
-- parameters: :after the change; :ties JSON array of the kinds of ties; :once whether no record was changed twice since
-- returns: nothing
-- mode: write
INSERT INTO thing
SELECT id, seq, kind, coalesce(after ->> '$.account', ''), coalesce(after ->> '$.type', ''),
  coalesce(after ->> '$.name', ''), coalesce(after ->> '$.name_alt', ''),
  search_lines(after ->> '$.name', after ->> '$.name_alt')
FROM change
WHERE seq > :after AND after IS NOT NULL AND kind NOT IN (SELECT value FROM json_each(:ties))
  AND (:once OR seq IN (SELECT max(seq) FROM change WHERE seq > :after GROUP BY id))
ORDER BY id
