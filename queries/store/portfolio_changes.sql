-- summary: What was changed after a change.
-- parameters: :seq the change
-- returns: kind, id, before, after
-- mode: read
SELECT kind, id, before, after FROM change WHERE seq > :seq ORDER BY seq
