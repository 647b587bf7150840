-- summary: The batches as they are kept, in order.
-- parameters: none
-- returns: id, recorded_at, actor, title, created, updated, removed, undoes
-- mode: read
SELECT id, recorded_at, actor, title, created, updated, removed, undoes FROM batch ORDER BY n
