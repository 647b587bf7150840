// summary: Remove things; one that still has ties stays as a bare node marked gone, so that they keep their ends.
// parameters: $ids ids of things
// returns: removed
// mode: write
UNWIND $ids AS id MATCH (n:Organization {id: id}) SET n = {id: id, gone: true}
WITH n WHERE NOT EXISTS { (n)--() } DELETE n RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH (n:Person {id: id}) SET n = {id: id, gone: true}
WITH n WHERE NOT EXISTS { (n)--() } DELETE n RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH (n:Deal {id: id}) SET n = {id: id, gone: true}
WITH n WHERE NOT EXISTS { (n)--() } DELETE n RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH (n:Interaction {id: id}) SET n = {id: id, gone: true}
WITH n WHERE NOT EXISTS { (n)--() } DELETE n RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH (n:Figure {id: id}) SET n = {id: id, gone: true}
WITH n WHERE NOT EXISTS { (n)--() } DELETE n RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH (n:Layout {id: id}) SET n = {id: id, gone: true}
WITH n WHERE NOT EXISTS { (n)--() } DELETE n RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH (n:Assessment {id: id}) SET n = {id: id, gone: true}
WITH n WHERE NOT EXISTS { (n)--() } DELETE n RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH (n:Goal {id: id}) SET n = {id: id, gone: true}
WITH n WHERE NOT EXISTS { (n)--() } DELETE n RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH (n:Action {id: id}) SET n = {id: id, gone: true}
WITH n WHERE NOT EXISTS { (n)--() } DELETE n RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH (n:Voice {id: id}) SET n = {id: id, gone: true}
WITH n WHERE NOT EXISTS { (n)--() } DELETE n RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH (n:Erasure {id: id}) SET n = {id: id, gone: true}
WITH n WHERE NOT EXISTS { (n)--() } DELETE n RETURN count(*) AS removed
