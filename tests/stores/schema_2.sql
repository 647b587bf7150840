-- A store as version 0.1 wrote it with schema 2: who was informed stood first.
BEGIN TRANSACTION;
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
INSERT INTO "batch" VALUES(1,'d1863059ea830d34','2026-11-26T01:43:13.781494+00:00','','import people.csv, ties.csv',11,0,0,'');
CREATE TABLE change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  batch INTEGER NOT NULL REFERENCES batch (n),
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  before TEXT,
  after TEXT,
  source TEXT NOT NULL
) STRICT;
INSERT INTO "change" VALUES(1,1,'Organization','9bf4ed6c7be9ef3b',NULL,'{"id":"9bf4ed6c7be9ef3b","name":"Northwind Mills","type":"customer","us":false}','people.csv · 2');
INSERT INTO "change" VALUES(2,1,'Person','5dc74af88ce52fdf',NULL,'{"id":"5dc74af88ce52fdf","name":"Ann Lowe","placeholder":false}','people.csv · 2');
INSERT INTO "change" VALUES(3,1,'Person','fddb567029a0e206',NULL,'{"id":"fddb567029a0e206","name":"Bob Reed","placeholder":false}','people.csv · 3');
INSERT INTO "change" VALUES(4,1,'Person','3e1d1cb99b826587',NULL,'{"id":"3e1d1cb99b826587","name":"Cy Marsh","placeholder":false}','people.csv · 4');
INSERT INTO "change" VALUES(5,1,'WORKS_AT','6acca68e6d047fea',NULL,'{"id":"6acca68e6d047fea","src":"5dc74af88ce52fdf","dst":"9bf4ed6c7be9ef3b","ev_source":"people.csv","ev_status":"observed","title":"CFO"}','people.csv · 2');
INSERT INTO "change" VALUES(6,1,'WORKS_AT','4303c94e51a99013',NULL,'{"id":"4303c94e51a99013","src":"fddb567029a0e206","dst":"9bf4ed6c7be9ef3b","ev_source":"people.csv","ev_status":"observed","title":"Buyer"}','people.csv · 3');
INSERT INTO "change" VALUES(7,1,'WORKS_AT','5bcf87f0e789e265',NULL,'{"id":"5bcf87f0e789e265","src":"3e1d1cb99b826587","dst":"9bf4ed6c7be9ef3b","ev_source":"people.csv","ev_status":"observed","title":"Clerk"}','people.csv · 4');
INSERT INTO "change" VALUES(8,1,'INFLUENCES','25b7107b4cbb52f6',NULL,'{"id":"25b7107b4cbb52f6","src":"5dc74af88ce52fdf","dst":"fddb567029a0e206","ev_source":"ties.csv","ev_status":"observed","strength":0.5,"sign":1,"channel":"information"}','ties.csv · 2');
INSERT INTO "change" VALUES(9,1,'INFLUENCES','63f351e5f192fa1d',NULL,'{"id":"63f351e5f192fa1d","src":"3e1d1cb99b826587","dst":"fddb567029a0e206","ev_source":"ties.csv","ev_status":"observed","strength":0.3,"sign":1,"channel":"information"}','ties.csv · 3');
INSERT INTO "change" VALUES(10,1,'INFLUENCES','71a28c297ebcdd9f',NULL,'{"id":"71a28c297ebcdd9f","src":"fddb567029a0e206","dst":"3e1d1cb99b826587","ev_source":"ties.csv","ev_status":"observed","strength":0.3,"sign":1,"channel":"information"}','ties.csv · 3');
INSERT INTO "change" VALUES(11,1,'INFLUENCES','4b2d5669662643fa',NULL,'{"id":"4b2d5669662643fa","src":"5dc74af88ce52fdf","dst":"3e1d1cb99b826587","ev_source":"ties.csv","ev_status":"observed","strength":0.4,"sign":1,"channel":"advice"}','ties.csv · 4');
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
INSERT INTO "thing" VALUES('3e1d1cb99b826587',4,'Person','','','Cy Marsh','','cymarsh');
INSERT INTO "thing" VALUES('5dc74af88ce52fdf',2,'Person','','','Ann Lowe','','annlowe');
INSERT INTO "thing" VALUES('9bf4ed6c7be9ef3b',1,'Organization','','customer','Northwind Mills','','northwindmills');
INSERT INTO "thing" VALUES('fddb567029a0e206',3,'Person','','','Bob Reed','','bobreed');
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
INSERT INTO "tie" VALUES('25b7107b4cbb52f6',8,'INFLUENCES','5dc74af88ce52fdf','fddb567029a0e206','0.5',1,NULL,NULL);
INSERT INTO "tie" VALUES('4303c94e51a99013',6,'WORKS_AT','fddb567029a0e206','9bf4ed6c7be9ef3b',NULL,NULL,NULL,NULL);
INSERT INTO "tie" VALUES('4b2d5669662643fa',11,'INFLUENCES','5dc74af88ce52fdf','3e1d1cb99b826587','0.4',1,NULL,NULL);
INSERT INTO "tie" VALUES('5bcf87f0e789e265',7,'WORKS_AT','3e1d1cb99b826587','9bf4ed6c7be9ef3b',NULL,NULL,NULL,NULL);
INSERT INTO "tie" VALUES('63f351e5f192fa1d',9,'INFLUENCES','3e1d1cb99b826587','fddb567029a0e206','0.3',1,NULL,NULL);
INSERT INTO "tie" VALUES('6acca68e6d047fea',5,'WORKS_AT','5dc74af88ce52fdf','9bf4ed6c7be9ef3b',NULL,NULL,NULL,NULL);
INSERT INTO "tie" VALUES('71a28c297ebcdd9f',10,'INFLUENCES','fddb567029a0e206','3e1d1cb99b826587','0.3',1,NULL,NULL);
CREATE INDEX change_by_record ON change (id, seq);
CREATE INDEX thing_by_kind ON thing (kind, type, name);
CREATE INDEX thing_by_account ON thing (account) WHERE account <> '';
CREATE INDEX tie_by_src ON tie (src, kind);
CREATE INDEX tie_by_dst ON tie (dst, kind);
CREATE VIEW thing_facts AS SELECT thing.*, change.after AS props FROM thing JOIN change ON change.seq = thing.seq;
CREATE VIEW tie_facts AS SELECT tie.*, change.after AS props FROM tie JOIN change ON change.seq = tie.seq;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('change',11);
COMMIT;
PRAGMA application_id = 1347240272;
PRAGMA user_version = 2;
