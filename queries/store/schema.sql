-- summary: The tables of the embedded store: the log, which is the truth, and its projection, which points into it.
-- mode: write
CREATE TABLE batch (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
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
  batch INTEGER NOT NULL REFERENCES batch (n),
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  before TEXT,
  after TEXT,
  source TEXT NOT NULL
) STRICT;
/* `seq` is the change that made the record what it is; its text is not written a second time. */
CREATE TABLE thing (
  id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  account TEXT NOT NULL,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  name_alt TEXT NOT NULL,
  search TEXT NOT NULL
) STRICT, WITHOUT ROWID;
/* `number` is JSON, as the log has it: a decimal may not go through another parser. */
CREATE TABLE tie (
  id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  src TEXT NOT NULL,
  dst TEXT NOT NULL,
  number TEXT,
  sign INTEGER,
  valid_from TEXT,
  valid_to TEXT
) STRICT, WITHOUT ROWID;
CREATE VIEW thing_facts AS SELECT thing.*, change.after AS props FROM thing JOIN change ON change.seq = thing.seq;
CREATE VIEW tie_facts AS SELECT tie.*, change.after AS props FROM tie JOIN change ON change.seq = tie.seq;
