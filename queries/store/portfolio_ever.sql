-- summary: Units of organizations, and whom the members of buying committees belong to, on any day.
-- parameters: none
-- returns: kind, src, dst
-- mode: read
SELECT kind, src, dst FROM tie NOT INDEXED WHERE kind = 'PART_OF'
UNION ALL
SELECT kind, src, dst FROM tie
WHERE kind IN ('WORKS_AT', 'MEMBER_OF') AND src IN (SELECT src FROM tie NOT INDEXED WHERE kind = 'TAKES_PART')
