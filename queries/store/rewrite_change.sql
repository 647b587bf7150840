-- summary: Put what stays of a change in the place of what it was.
-- parameters: :seq the change; :before and :after JSON or null; :source
-- returns: nothing
-- mode: write
UPDATE change SET before = :before, after = :after, source = :source WHERE seq = :seq
