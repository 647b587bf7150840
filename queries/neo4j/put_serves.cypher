// summary: Write relationships of the type SERVES; an end that isn't there is held open by a node marked gone.
// parameters: $rows flat properties, each with id, src, dst
// returns: nothing
// mode: write
UNWIND $rows AS row
MERGE (a:Person {id: row.src}) ON CREATE SET a.gone = true
MERGE (b:Organization {id: row.dst}) ON CREATE SET b.gone = true
CREATE (a)-[r:SERVES]->(b)
SET r = row
