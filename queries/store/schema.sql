-- summary: The tables of the embedded store: the log, which is the truth, and its projection.
-- mode: write
CREATE TABLE batch (
  id TEXT PRIMARY KEY,
  recorded_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  title TEXT NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  undoes TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  batch TEXT NOT NULL REFERENCES batch (id),
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  before TEXT,
  after TEXT,
  source TEXT NOT NULL
) STRICT;
CREATE INDEX change_by_record ON change (id, seq);
CREATE INDEX change_by_batch ON change (batch);
CREATE TABLE thing (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  account TEXT NOT NULL DEFAULT '',
  type TEXT NOT NULL DEFAULT '',
  name TEXT NOT NULL DEFAULT '',
  name_alt TEXT NOT NULL DEFAULT '',
  search TEXT NOT NULL DEFAULT '',
  props TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX thing_by_kind ON thing (kind, type, name);
CREATE INDEX thing_by_account ON thing (account) WHERE account <> '';
CREATE TABLE tie (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  src TEXT NOT NULL,
  dst TEXT NOT NULL,
  props TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tie_by_src ON tie (src, kind);
CREATE INDEX tie_by_dst ON tie (dst, kind);
