-- summary: Take the ties from the log that were changed after a change.
-- parameters: :after the change; :ties JSON array of the kinds of ties; :once whether no record was changed twice since
-- returns: nothing
-- mode: write
INSERT INTO tie
SELECT id, seq, kind, after ->> '$.src', after ->> '$.dst',
  CASE kind
    WHEN 'INFLUENCES' THEN after -> '$.strength'
    WHEN 'COVERS' THEN after -> '$.strength'
    WHEN 'WORKS_AT' THEN after -> '$.level'
    WHEN 'REPORTS_TO' THEN after -> '$.dotted'
    WHEN 'TAKES_PART' THEN json_object('roles', after -> '$.roles', 'votes', after -> '$.votes', 'veto', after -> '$.veto')
  END,
  CASE kind WHEN 'INFLUENCES' THEN after ->> '$.sign' END,
  after ->> '$.valid_from', after ->> '$.valid_to'
FROM change
WHERE seq > :after AND after IS NOT NULL AND kind IN (SELECT value FROM json_each(:ties))
  AND (:once OR seq IN (SELECT max(seq) FROM change WHERE seq > :after GROUP BY id))
ORDER BY id
