// summary: Write relationships of the type PART_OF; an end that isn't there is held open by a node marked gone.
// parameters: $rows flat properties, each with id, src, dst
// returns: nothing
// mode: write
UNWIND $rows AS row
MERGE (a:Organization {id: row.src}) ON CREATE SET a.gone = true
MERGE (b:Organization {id: row.dst}) ON CREATE SET b.gone = true
CREATE (a)-[r:PART_OF]->(b)
SET r = row
