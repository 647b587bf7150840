-- summary: The table of what proves each batch, in the order of the chain.
-- parameters: none
-- returns: nothing
-- mode: write
CREATE TABLE IF NOT EXISTS chain (
  place INTEGER PRIMARY KEY,
  batch TEXT NOT NULL UNIQUE,
  hash BLOB NOT NULL,
  leaves BLOB NOT NULL,
  taken TEXT NOT NULL DEFAULT '',
  rewrote TEXT NOT NULL DEFAULT ''
) STRICT;
