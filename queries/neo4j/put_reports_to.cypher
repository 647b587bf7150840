// summary: Write relationships of the type REPORTS_TO; an end that isn't there is held open by a node marked gone.
// parameters: $rows flat properties, each with id, src, dst
// returns: nothing
// mode: write
UNWIND $rows AS row
MERGE (a:Person {id: row.src}) ON CREATE SET a.gone = true
MERGE (b:Person {id: row.dst}) ON CREATE SET b.gone = true
CREATE (a)-[r:REPORTS_TO]->(b)
SET r = row
