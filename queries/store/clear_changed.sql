-- summary: Take out of the projection what was changed after a change.
-- parameters: :after the change
-- returns: nothing
-- mode: write
DELETE FROM thing WHERE id IN (SELECT id FROM change WHERE seq > :after);
DELETE FROM tie WHERE id IN (SELECT id FROM change WHERE seq > :after);
