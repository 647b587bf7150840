-- summary: Write the receipt of a batch.
-- parameters: :id, :recorded_at, :actor, :title, :created, :updated, :removed, :undoes its fields
-- returns: nothing
-- mode: write
INSERT INTO batch (id, recorded_at, actor, title, created, updated, removed, undoes)
VALUES (:id, :recorded_at, :actor, :title, :created, :updated, :removed, :undoes)
