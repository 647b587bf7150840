BEGIN TRANSACTION;
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
INSERT INTO "batch" VALUES('first','2026-11-24T15:59:02.315098+00:00','me','all',69,0,0,'');
INSERT INTO "batch" VALUES('second','2026-11-24T15:59:02.566441+00:00','kim','a correction',0,1,0,'');
INSERT INTO "batch" VALUES('third','2026-11-24T15:59:02.567670+00:00','kim','gone',0,0,1,'');
INSERT INTO "batch" VALUES('fourth','2026-11-24T15:59:02.568363+00:00','kim','undo second',0,1,0,'second');
CREATE TABLE change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  batch TEXT NOT NULL REFERENCES batch (id),
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  before TEXT,
  after TEXT,
  source TEXT NOT NULL
) STRICT;
INSERT INTO "change" VALUES(1,'first','Organization','sup-us',NULL,'{"id":"sup-us","name":"我方","type":"supplier","us":true}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(2,'first','Organization','sup-rival',NULL,'{"id":"sup-rival","name":"Rival","type":"supplier","us":false}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(3,'first','Organization','a-org',NULL,'{"id":"a-org","keys":["crm|account|1"],"name":"a 银行","name_alt":"Bank","type":"customer","us":false,"grade":"A","note":"x\ny"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(4,'first','Organization','a-unit',NULL,'{"id":"a-unit","name":"a 科技部","type":"unit","us":false}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(5,'first','Organization','a-team',NULL,'{"id":"a-team","name":"a 小组","type":"unit","us":false}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(6,'first','Organization','a-club',NULL,'{"id":"a-club","name":"a 校友会","type":"circle","us":false}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(7,'first','Person','a-boss',NULL,'{"id":"a-boss","name":"张伟","name_alt":"Zhang Wei","placeholder":false,"power":9.5,"email":"z@example.org"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(8,'first','Person','a-head',NULL,'{"id":"a-head","name":"李娜","placeholder":false,"power":4.0,"adaptability":"early"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(9,'first','Person','a-wife',NULL,'{"id":"a-wife","name":"陈静","placeholder":true}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(10,'first','Person','a-friend',NULL,'{"id":"a-friend","name":"周明","placeholder":false}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(11,'first','Person','a-seller',NULL,'{"id":"a-seller","name":"Sam Seller","placeholder":false}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(12,'first','Deal','a-deal',NULL,'{"id":"a-deal","account":"a-org","name":"核心系统","value":1000000.0,"currency":"CNY","close_on":"2026-03-01"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(13,'first','Interaction','a-met',NULL,'{"id":"a-met","account":"a-unit","on":"2026-03-01","channel":"visit","ours":["a-seller"],"theirs":["a-guest"]}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(14,'first','Person','a-guest',NULL,'{"id":"a-guest","name":"客人","placeholder":false}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(15,'first','Figure','a-sum',NULL,'{"id":"a-sum","account":"a-org","measure":"revenue","on":"2026-03-01","value":12.0,"currency":"CNY"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(16,'first','Layout','a-layout',NULL,'{"id":"a-layout","account":"a-org","plan":"{\"lanes\": [\"科技部\"]}"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(17,'first','PART_OF','a-t1',NULL,'{"id":"a-t1","src":"a-unit","dst":"a-org","ev_status":"observed"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(18,'first','PART_OF','a-t2',NULL,'{"id":"a-t2","src":"a-team","dst":"a-unit","valid_to":"2026-03-01","ev_status":"observed"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(19,'first','WORKS_AT','a-t3',NULL,'{"id":"a-t3","src":"a-boss","dst":"a-org","valid_from":"2026-03-01","ev_source":"visits.xlsx · 1 · 7","ev_author":"王芳","ev_on":"2026-03-01","ev_note":"said so","ev_status":"assumed","ev_confidence":0.75,"title":"行长","level":1}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(20,'first','WORKS_AT','a-t4',NULL,'{"id":"a-t4","src":"a-head","dst":"a-team","ev_status":"observed","title":"主任","level":3}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(21,'first','MEMBER_OF','a-t5',NULL,'{"id":"a-t5","src":"a-wife","dst":"a-org","ev_status":"observed","role":"夫人"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(22,'first','MEMBER_OF','a-t6',NULL,'{"id":"a-t6","src":"a-boss","dst":"a-club","ev_status":"observed"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(23,'first','MEMBER_OF','a-t7',NULL,'{"id":"a-t7","src":"a-friend","dst":"a-club","ev_status":"observed"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(24,'first','REPORTS_TO','a-t8',NULL,'{"id":"a-t8","src":"a-head","dst":"a-boss","ev_status":"observed","dotted":true}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(25,'first','INFLUENCES','a-t9',NULL,'{"id":"a-t9","src":"a-wife","dst":"a-boss","ev_status":"observed","strength":0.5,"sign":-1,"channel":"family"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(26,'first','INFLUENCES','a-t10',NULL,'{"id":"a-t10","src":"a-friend","dst":"a-wife","ev_status":"observed","strength":1.0,"sign":1}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(27,'first','COVERS','a-t11',NULL,'{"id":"a-t11","src":"a-seller","dst":"a-boss","ev_status":"observed","duty":"deputy"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(28,'first','TAKES_PART','a-t12',NULL,'{"id":"a-t12","src":"a-boss","dst":"a-deal","ev_status":"observed","roles":["approver","user"],"votes":2.0,"veto":true}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(29,'first','STANDS','a-t13',NULL,'{"id":"a-t13","src":"a-boss","dst":"sup-us","ev_status":"observed","attitude":-2,"deal":"a-deal","rivalry":3}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(30,'first','RELATES','a-t14',NULL,'{"id":"a-t14","src":"sup-us","dst":"a-org","ev_status":"observed","level":2,"stages":["need","order"]}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(31,'first','WORKS_AT','a-t15',NULL,'{"id":"a-t15","src":"a-seller","dst":"sup-us","ev_status":"observed","title":"KAM"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(32,'first','WORKS_AT','a-t16',NULL,'{"id":"a-t16","src":"a-guest","dst":"a-elsewhere","ev_status":"observed"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(33,'first','Organization','a-elsewhere',NULL,'{"id":"a-elsewhere","name":"别处","type":"partner","us":false}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(34,'first','Organization','b-org',NULL,'{"id":"b-org","keys":["crm|account|1"],"name":"b 银行","name_alt":"Bank","type":"customer","us":false,"grade":"A","note":"x\ny"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(35,'first','Organization','b-unit',NULL,'{"id":"b-unit","name":"b 科技部","type":"unit","us":false}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(36,'first','Organization','b-team',NULL,'{"id":"b-team","name":"b 小组","type":"unit","us":false}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(37,'first','Organization','b-club',NULL,'{"id":"b-club","name":"b 校友会","type":"circle","us":false}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(38,'first','Person','b-boss',NULL,'{"id":"b-boss","name":"张伟","name_alt":"Zhang Wei","placeholder":false,"power":9.5,"email":"z@example.org"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(39,'first','Person','b-head',NULL,'{"id":"b-head","name":"李娜","placeholder":false,"power":4.0,"adaptability":"early"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(40,'first','Person','b-wife',NULL,'{"id":"b-wife","name":"陈静","placeholder":true}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(41,'first','Person','b-friend',NULL,'{"id":"b-friend","name":"周明","placeholder":false}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(42,'first','Person','b-seller',NULL,'{"id":"b-seller","name":"Sam Seller","placeholder":false}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(43,'first','Deal','b-deal',NULL,'{"id":"b-deal","account":"b-org","name":"核心系统","value":1000000.0,"currency":"CNY","close_on":"2026-03-01"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(44,'first','Interaction','b-met',NULL,'{"id":"b-met","account":"b-unit","on":"2026-03-01","channel":"visit","ours":["b-seller"],"theirs":["b-guest"]}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(45,'first','Person','b-guest',NULL,'{"id":"b-guest","name":"客人","placeholder":false}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(46,'first','Figure','b-sum',NULL,'{"id":"b-sum","account":"b-org","measure":"revenue","on":"2026-03-01","value":12.0,"currency":"CNY"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(47,'first','Layout','b-layout',NULL,'{"id":"b-layout","account":"b-org","plan":"{\"lanes\": [\"科技部\"]}"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(48,'first','PART_OF','b-t1',NULL,'{"id":"b-t1","src":"b-unit","dst":"b-org","ev_status":"observed"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(49,'first','PART_OF','b-t2',NULL,'{"id":"b-t2","src":"b-team","dst":"b-unit","valid_to":"2026-03-01","ev_status":"observed"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(50,'first','WORKS_AT','b-t3',NULL,'{"id":"b-t3","src":"b-boss","dst":"b-org","valid_from":"2026-03-01","ev_source":"visits.xlsx · 1 · 7","ev_author":"王芳","ev_on":"2026-03-01","ev_note":"said so","ev_status":"assumed","ev_confidence":0.75,"title":"行长","level":1}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(51,'first','WORKS_AT','b-t4',NULL,'{"id":"b-t4","src":"b-head","dst":"b-team","ev_status":"observed","title":"主任","level":3}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(52,'first','MEMBER_OF','b-t5',NULL,'{"id":"b-t5","src":"b-wife","dst":"b-org","ev_status":"observed","role":"夫人"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(53,'first','MEMBER_OF','b-t6',NULL,'{"id":"b-t6","src":"b-boss","dst":"b-club","ev_status":"observed"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(54,'first','MEMBER_OF','b-t7',NULL,'{"id":"b-t7","src":"b-friend","dst":"b-club","ev_status":"observed"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(55,'first','REPORTS_TO','b-t8',NULL,'{"id":"b-t8","src":"b-head","dst":"b-boss","ev_status":"observed","dotted":true}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(56,'first','INFLUENCES','b-t9',NULL,'{"id":"b-t9","src":"b-wife","dst":"b-boss","ev_status":"observed","strength":0.5,"sign":-1,"channel":"family"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(57,'first','INFLUENCES','b-t10',NULL,'{"id":"b-t10","src":"b-friend","dst":"b-wife","ev_status":"observed","strength":1.0,"sign":1}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(58,'first','COVERS','b-t11',NULL,'{"id":"b-t11","src":"b-seller","dst":"b-boss","ev_status":"observed","duty":"deputy"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(59,'first','TAKES_PART','b-t12',NULL,'{"id":"b-t12","src":"b-boss","dst":"b-deal","ev_status":"observed","roles":["approver","user"],"votes":2.0,"veto":true}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(60,'first','STANDS','b-t13',NULL,'{"id":"b-t13","src":"b-boss","dst":"sup-us","ev_status":"observed","attitude":-2,"deal":"b-deal","rivalry":3}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(61,'first','RELATES','b-t14',NULL,'{"id":"b-t14","src":"sup-us","dst":"b-org","ev_status":"observed","level":2,"stages":["need","order"]}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(62,'first','WORKS_AT','b-t15',NULL,'{"id":"b-t15","src":"b-seller","dst":"sup-us","ev_status":"observed","title":"KAM"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(63,'first','WORKS_AT','b-t16',NULL,'{"id":"b-t16","src":"b-guest","dst":"b-elsewhere","ev_status":"observed"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(64,'first','Organization','b-elsewhere',NULL,'{"id":"b-elsewhere","name":"别处","type":"partner","us":false}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(65,'first','Person','lone',NULL,'{"id":"lone","name":"无关","placeholder":false}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(66,'first','WORKS_AT','d1',NULL,'{"id":"d1","src":"lone","dst":"sup-rival","ev_status":"observed"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(67,'first','COVERS','d2',NULL,'{"id":"d2","src":"lone","dst":"b-head","ev_status":"observed","duty":"owner"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(68,'first','WORKS_AT','d3',NULL,'{"id":"d3","src":"a-friend","dst":"b-org","valid_to":"2026-03-01","ev_status":"observed"}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(69,'first','INFLUENCES','d4',NULL,'{"id":"d4","src":"lone","dst":"b-boss","ev_status":"observed","sign":1}','a.xlsx · 1 · 2');
INSERT INTO "change" VALUES(70,'second','Person','a-boss','{"id":"a-boss","name":"张伟","name_alt":"Zhang Wei","placeholder":false,"power":9.5,"email":"z@example.org"}','{"id":"a-boss","name":"张伟 B","name_alt":"Zhang Wei","placeholder":false,"power":9.5,"email":"z@example.org"}','people.csv · 3');
INSERT INTO "change" VALUES(71,'third','PART_OF','a-t1','{"id":"a-t1","src":"a-unit","dst":"a-org","ev_status":"observed"}',NULL,'people.csv · 4');
INSERT INTO "change" VALUES(72,'fourth','Person','a-boss','{"id":"a-boss","name":"张伟 B","name_alt":"Zhang Wei","placeholder":false,"power":9.5,"email":"z@example.org"}','{"id":"a-boss","name":"张伟","name_alt":"Zhang Wei","placeholder":false,"power":9.5,"email":"z@example.org"}','undo second');
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
INSERT INTO "thing" VALUES('a-boss','Person','','','张伟','Zhang Wei','张伟
zhangwei
zw','{"id":"a-boss","name":"张伟","name_alt":"Zhang Wei","placeholder":false,"power":9.5,"email":"z@example.org"}');
INSERT INTO "thing" VALUES('a-club','Organization','','circle','a 校友会','','a校友会
axiaoyouhui
axyh','{"id":"a-club","name":"a 校友会","type":"circle","us":false}');
INSERT INTO "thing" VALUES('a-deal','Deal','a-org','','核心系统','','核心系统
hexinxitong
hxxt','{"id":"a-deal","account":"a-org","name":"核心系统","value":1000000.0,"currency":"CNY","close_on":"2026-03-01"}');
INSERT INTO "thing" VALUES('a-elsewhere','Organization','','partner','别处','','别处
biechu
bc','{"id":"a-elsewhere","name":"别处","type":"partner","us":false}');
INSERT INTO "thing" VALUES('a-friend','Person','','','周明','','周明
zhouming
zm','{"id":"a-friend","name":"周明","placeholder":false}');
INSERT INTO "thing" VALUES('a-guest','Person','','','客人','','客人
keren
kr','{"id":"a-guest","name":"客人","placeholder":false}');
INSERT INTO "thing" VALUES('a-head','Person','','','李娜','','李娜
lina
ln','{"id":"a-head","name":"李娜","placeholder":false,"power":4.0,"adaptability":"early"}');
INSERT INTO "thing" VALUES('a-layout','Layout','a-org','','','','','{"id":"a-layout","account":"a-org","plan":"{\"lanes\": [\"科技部\"]}"}');
INSERT INTO "thing" VALUES('a-met','Interaction','a-unit','','','','','{"id":"a-met","account":"a-unit","on":"2026-03-01","channel":"visit","ours":["a-seller"],"theirs":["a-guest"]}');
INSERT INTO "thing" VALUES('a-org','Organization','','customer','a 银行','Bank','a银行
bank
ayinhang
ayh','{"id":"a-org","keys":["crm|account|1"],"name":"a 银行","name_alt":"Bank","type":"customer","us":false,"grade":"A","note":"x\ny"}');
INSERT INTO "thing" VALUES('a-seller','Person','','','Sam Seller','','samseller','{"id":"a-seller","name":"Sam Seller","placeholder":false}');
INSERT INTO "thing" VALUES('a-sum','Figure','a-org','','','','','{"id":"a-sum","account":"a-org","measure":"revenue","on":"2026-03-01","value":12.0,"currency":"CNY"}');
INSERT INTO "thing" VALUES('a-team','Organization','','unit','a 小组','','a小组
axiaozu
axz','{"id":"a-team","name":"a 小组","type":"unit","us":false}');
INSERT INTO "thing" VALUES('a-unit','Organization','','unit','a 科技部','','a科技部
akejibu
akjb','{"id":"a-unit","name":"a 科技部","type":"unit","us":false}');
INSERT INTO "thing" VALUES('a-wife','Person','','','陈静','','陈静
chenjing
cj','{"id":"a-wife","name":"陈静","placeholder":true}');
INSERT INTO "thing" VALUES('b-boss','Person','','','张伟','Zhang Wei','张伟
zhangwei
zw','{"id":"b-boss","name":"张伟","name_alt":"Zhang Wei","placeholder":false,"power":9.5,"email":"z@example.org"}');
INSERT INTO "thing" VALUES('b-club','Organization','','circle','b 校友会','','b校友会
bxiaoyouhui
bxyh','{"id":"b-club","name":"b 校友会","type":"circle","us":false}');
INSERT INTO "thing" VALUES('b-deal','Deal','b-org','','核心系统','','核心系统
hexinxitong
hxxt','{"id":"b-deal","account":"b-org","name":"核心系统","value":1000000.0,"currency":"CNY","close_on":"2026-03-01"}');
INSERT INTO "thing" VALUES('b-elsewhere','Organization','','partner','别处','','别处
biechu
bc','{"id":"b-elsewhere","name":"别处","type":"partner","us":false}');
INSERT INTO "thing" VALUES('b-friend','Person','','','周明','','周明
zhouming
zm','{"id":"b-friend","name":"周明","placeholder":false}');
INSERT INTO "thing" VALUES('b-guest','Person','','','客人','','客人
keren
kr','{"id":"b-guest","name":"客人","placeholder":false}');
INSERT INTO "thing" VALUES('b-head','Person','','','李娜','','李娜
lina
ln','{"id":"b-head","name":"李娜","placeholder":false,"power":4.0,"adaptability":"early"}');
INSERT INTO "thing" VALUES('b-layout','Layout','b-org','','','','','{"id":"b-layout","account":"b-org","plan":"{\"lanes\": [\"科技部\"]}"}');
INSERT INTO "thing" VALUES('b-met','Interaction','b-unit','','','','','{"id":"b-met","account":"b-unit","on":"2026-03-01","channel":"visit","ours":["b-seller"],"theirs":["b-guest"]}');
INSERT INTO "thing" VALUES('b-org','Organization','','customer','b 银行','Bank','b银行
bank
byinhang
byh','{"id":"b-org","keys":["crm|account|1"],"name":"b 银行","name_alt":"Bank","type":"customer","us":false,"grade":"A","note":"x\ny"}');
INSERT INTO "thing" VALUES('b-seller','Person','','','Sam Seller','','samseller','{"id":"b-seller","name":"Sam Seller","placeholder":false}');
INSERT INTO "thing" VALUES('b-sum','Figure','b-org','','','','','{"id":"b-sum","account":"b-org","measure":"revenue","on":"2026-03-01","value":12.0,"currency":"CNY"}');
INSERT INTO "thing" VALUES('b-team','Organization','','unit','b 小组','','b小组
bxiaozu
bxz','{"id":"b-team","name":"b 小组","type":"unit","us":false}');
INSERT INTO "thing" VALUES('b-unit','Organization','','unit','b 科技部','','b科技部
bkejibu
bkjb','{"id":"b-unit","name":"b 科技部","type":"unit","us":false}');
INSERT INTO "thing" VALUES('b-wife','Person','','','陈静','','陈静
chenjing
cj','{"id":"b-wife","name":"陈静","placeholder":true}');
INSERT INTO "thing" VALUES('lone','Person','','','无关','','无关
wuguan
wg','{"id":"lone","name":"无关","placeholder":false}');
INSERT INTO "thing" VALUES('sup-rival','Organization','','supplier','Rival','','rival','{"id":"sup-rival","name":"Rival","type":"supplier","us":false}');
INSERT INTO "thing" VALUES('sup-us','Organization','','supplier','我方','','我方
wofang
wf','{"id":"sup-us","name":"我方","type":"supplier","us":true}');
CREATE TABLE tie (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  src TEXT NOT NULL,
  dst TEXT NOT NULL,
  props TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "tie" VALUES('a-t10','INFLUENCES','a-friend','a-wife','{"id":"a-t10","src":"a-friend","dst":"a-wife","ev_status":"observed","strength":1.0,"sign":1}');
INSERT INTO "tie" VALUES('a-t11','COVERS','a-seller','a-boss','{"id":"a-t11","src":"a-seller","dst":"a-boss","ev_status":"observed","duty":"deputy"}');
INSERT INTO "tie" VALUES('a-t12','TAKES_PART','a-boss','a-deal','{"id":"a-t12","src":"a-boss","dst":"a-deal","ev_status":"observed","roles":["approver","user"],"votes":2.0,"veto":true}');
INSERT INTO "tie" VALUES('a-t13','STANDS','a-boss','sup-us','{"id":"a-t13","src":"a-boss","dst":"sup-us","ev_status":"observed","attitude":-2,"deal":"a-deal","rivalry":3}');
INSERT INTO "tie" VALUES('a-t14','RELATES','sup-us','a-org','{"id":"a-t14","src":"sup-us","dst":"a-org","ev_status":"observed","level":2,"stages":["need","order"]}');
INSERT INTO "tie" VALUES('a-t15','WORKS_AT','a-seller','sup-us','{"id":"a-t15","src":"a-seller","dst":"sup-us","ev_status":"observed","title":"KAM"}');
INSERT INTO "tie" VALUES('a-t16','WORKS_AT','a-guest','a-elsewhere','{"id":"a-t16","src":"a-guest","dst":"a-elsewhere","ev_status":"observed"}');
INSERT INTO "tie" VALUES('a-t2','PART_OF','a-team','a-unit','{"id":"a-t2","src":"a-team","dst":"a-unit","valid_to":"2026-03-01","ev_status":"observed"}');
INSERT INTO "tie" VALUES('a-t3','WORKS_AT','a-boss','a-org','{"id":"a-t3","src":"a-boss","dst":"a-org","valid_from":"2026-03-01","ev_source":"visits.xlsx · 1 · 7","ev_author":"王芳","ev_on":"2026-03-01","ev_note":"said so","ev_status":"assumed","ev_confidence":0.75,"title":"行长","level":1}');
INSERT INTO "tie" VALUES('a-t4','WORKS_AT','a-head','a-team','{"id":"a-t4","src":"a-head","dst":"a-team","ev_status":"observed","title":"主任","level":3}');
INSERT INTO "tie" VALUES('a-t5','MEMBER_OF','a-wife','a-org','{"id":"a-t5","src":"a-wife","dst":"a-org","ev_status":"observed","role":"夫人"}');
INSERT INTO "tie" VALUES('a-t6','MEMBER_OF','a-boss','a-club','{"id":"a-t6","src":"a-boss","dst":"a-club","ev_status":"observed"}');
INSERT INTO "tie" VALUES('a-t7','MEMBER_OF','a-friend','a-club','{"id":"a-t7","src":"a-friend","dst":"a-club","ev_status":"observed"}');
INSERT INTO "tie" VALUES('a-t8','REPORTS_TO','a-head','a-boss','{"id":"a-t8","src":"a-head","dst":"a-boss","ev_status":"observed","dotted":true}');
INSERT INTO "tie" VALUES('a-t9','INFLUENCES','a-wife','a-boss','{"id":"a-t9","src":"a-wife","dst":"a-boss","ev_status":"observed","strength":0.5,"sign":-1,"channel":"family"}');
INSERT INTO "tie" VALUES('b-t1','PART_OF','b-unit','b-org','{"id":"b-t1","src":"b-unit","dst":"b-org","ev_status":"observed"}');
INSERT INTO "tie" VALUES('b-t10','INFLUENCES','b-friend','b-wife','{"id":"b-t10","src":"b-friend","dst":"b-wife","ev_status":"observed","strength":1.0,"sign":1}');
INSERT INTO "tie" VALUES('b-t11','COVERS','b-seller','b-boss','{"id":"b-t11","src":"b-seller","dst":"b-boss","ev_status":"observed","duty":"deputy"}');
INSERT INTO "tie" VALUES('b-t12','TAKES_PART','b-boss','b-deal','{"id":"b-t12","src":"b-boss","dst":"b-deal","ev_status":"observed","roles":["approver","user"],"votes":2.0,"veto":true}');
INSERT INTO "tie" VALUES('b-t13','STANDS','b-boss','sup-us','{"id":"b-t13","src":"b-boss","dst":"sup-us","ev_status":"observed","attitude":-2,"deal":"b-deal","rivalry":3}');
INSERT INTO "tie" VALUES('b-t14','RELATES','sup-us','b-org','{"id":"b-t14","src":"sup-us","dst":"b-org","ev_status":"observed","level":2,"stages":["need","order"]}');
INSERT INTO "tie" VALUES('b-t15','WORKS_AT','b-seller','sup-us','{"id":"b-t15","src":"b-seller","dst":"sup-us","ev_status":"observed","title":"KAM"}');
INSERT INTO "tie" VALUES('b-t16','WORKS_AT','b-guest','b-elsewhere','{"id":"b-t16","src":"b-guest","dst":"b-elsewhere","ev_status":"observed"}');
INSERT INTO "tie" VALUES('b-t2','PART_OF','b-team','b-unit','{"id":"b-t2","src":"b-team","dst":"b-unit","valid_to":"2026-03-01","ev_status":"observed"}');
INSERT INTO "tie" VALUES('b-t3','WORKS_AT','b-boss','b-org','{"id":"b-t3","src":"b-boss","dst":"b-org","valid_from":"2026-03-01","ev_source":"visits.xlsx · 1 · 7","ev_author":"王芳","ev_on":"2026-03-01","ev_note":"said so","ev_status":"assumed","ev_confidence":0.75,"title":"行长","level":1}');
INSERT INTO "tie" VALUES('b-t4','WORKS_AT','b-head','b-team','{"id":"b-t4","src":"b-head","dst":"b-team","ev_status":"observed","title":"主任","level":3}');
INSERT INTO "tie" VALUES('b-t5','MEMBER_OF','b-wife','b-org','{"id":"b-t5","src":"b-wife","dst":"b-org","ev_status":"observed","role":"夫人"}');
INSERT INTO "tie" VALUES('b-t6','MEMBER_OF','b-boss','b-club','{"id":"b-t6","src":"b-boss","dst":"b-club","ev_status":"observed"}');
INSERT INTO "tie" VALUES('b-t7','MEMBER_OF','b-friend','b-club','{"id":"b-t7","src":"b-friend","dst":"b-club","ev_status":"observed"}');
INSERT INTO "tie" VALUES('b-t8','REPORTS_TO','b-head','b-boss','{"id":"b-t8","src":"b-head","dst":"b-boss","ev_status":"observed","dotted":true}');
INSERT INTO "tie" VALUES('b-t9','INFLUENCES','b-wife','b-boss','{"id":"b-t9","src":"b-wife","dst":"b-boss","ev_status":"observed","strength":0.5,"sign":-1,"channel":"family"}');
INSERT INTO "tie" VALUES('d1','WORKS_AT','lone','sup-rival','{"id":"d1","src":"lone","dst":"sup-rival","ev_status":"observed"}');
INSERT INTO "tie" VALUES('d2','COVERS','lone','b-head','{"id":"d2","src":"lone","dst":"b-head","ev_status":"observed","duty":"owner"}');
INSERT INTO "tie" VALUES('d3','WORKS_AT','a-friend','b-org','{"id":"d3","src":"a-friend","dst":"b-org","valid_to":"2026-03-01","ev_status":"observed"}');
INSERT INTO "tie" VALUES('d4','INFLUENCES','lone','b-boss','{"id":"d4","src":"lone","dst":"b-boss","ev_status":"observed","sign":1}');
CREATE INDEX change_by_record ON change (id, seq);
CREATE INDEX change_by_batch ON change (batch);
CREATE INDEX thing_by_kind ON thing (kind, type, name);
CREATE INDEX thing_by_account ON thing (account) WHERE account <> '';
CREATE INDEX tie_by_src ON tie (src, kind);
CREATE INDEX tie_by_dst ON tie (dst, kind);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('change',72);
COMMIT;
PRAGMA application_id = 1347240272;
PRAGMA user_version = 1;
