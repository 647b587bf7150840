// summary: Append to the log.
// parameters: $rows flat properties of changes, before and after as JSON
// returns: nothing
// mode: write
UNWIND $rows AS row
CREATE (c:Change)
SET c = row
