-- summary: Move the log of schema 1 into the tables of schema 2, where a change points at its batch by number.
-- parameters: none
-- returns: nothing
-- mode: write
INSERT INTO batch (id, recorded_at, actor, title, created, updated, removed, undoes)
SELECT id, recorded_at, actor, title, created, updated, removed, undoes FROM batch_1 ORDER BY rowid;
INSERT INTO change (seq, batch, kind, id, before, after, source)
SELECT change_1.seq, batch.n, change_1.kind, change_1.id, change_1.before, change_1.after, change_1.source
FROM change_1 JOIN batch ON batch.id = change_1.batch
ORDER BY change_1.seq;
DROP TABLE change_1;
DROP TABLE batch_1;
