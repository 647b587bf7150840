// summary: Remove ties.
// parameters: $ids ids of ties
// returns: removed
// mode: write
UNWIND $ids AS id MATCH ()-[r:PART_OF {id: id}]->() DELETE r RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH ()-[r:WORKS_AT {id: id}]->() DELETE r RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH ()-[r:REPORTS_TO {id: id}]->() DELETE r RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH ()-[r:INFLUENCES {id: id}]->() DELETE r RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH ()-[r:MEMBER_OF {id: id}]->() DELETE r RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH ()-[r:COVERS {id: id}]->() DELETE r RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH ()-[r:SERVES {id: id}]->() DELETE r RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH ()-[r:TAKES_PART {id: id}]->() DELETE r RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH ()-[r:STANDS {id: id}]->() DELETE r RETURN count(*) AS removed
UNION ALL
UNWIND $ids AS id MATCH ()-[r:RELATES {id: id}]->() DELETE r RETURN count(*) AS removed
