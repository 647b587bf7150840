// summary: Put what stays of some changes in the place of what they were.
// parameters: $rows seq, before and after as JSON or null, source
// returns: nothing
// mode: write
UNWIND $rows AS row
MATCH (c:Change {seq: row.seq})
SET c.before = row.before, c.after = row.after, c.source = row.source
