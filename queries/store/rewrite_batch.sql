-- summary: Put what stays of the title and the author of a batch in the place of what they were.
-- parameters: :id the batch; :title; :actor
-- returns: nothing
-- mode: write
UPDATE batch SET title = :title, actor = :actor WHERE id = :id
