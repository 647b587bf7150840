-- summary: Put the tables of schema 1 aside; those of the next one are made after it.
-- parameters: none
-- returns: nothing
-- mode: write
DROP TABLE thing;
DROP TABLE tie;
DROP INDEX change_by_record;
ALTER TABLE change RENAME TO change_1;
ALTER TABLE batch RENAME TO batch_1;
