-- summary: The ties of one kind that hold on a day, each with its one number, by id.
-- parameters: :kind a kind of tie; :day an ISO-8601 date
-- returns: src, dst, number (JSON: level, dotted, strength, or an object of roles, votes and veto)
-- mode: read
SELECT src, dst, number FROM tie NOT INDEXED
WHERE kind = :kind AND coalesce(valid_from, '') <= :day AND coalesce(valid_to, '9999-12-32') > :day
  AND coalesce(sign, 1) > 0
ORDER BY id
