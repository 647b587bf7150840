-- summary: Make the indexes that are not there.
-- parameters: none
-- returns: nothing
-- mode: write
CREATE INDEX IF NOT EXISTS change_by_record ON change (id, seq);
CREATE INDEX IF NOT EXISTS thing_by_kind ON thing (kind, type, name);
CREATE INDEX IF NOT EXISTS thing_by_account ON thing (account) WHERE account <> '';
CREATE INDEX IF NOT EXISTS tie_by_src ON tie (src, kind);
CREATE INDEX IF NOT EXISTS tie_by_dst ON tie (dst, kind);
