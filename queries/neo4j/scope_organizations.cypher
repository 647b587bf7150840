// summary: The account and its units, downwards, at any date.
// parameters: $account the account's id
// returns: ids
// mode: read
MATCH (:Organization {id: $account})<-[:PART_OF*0..]-(o:Organization)
RETURN collect(DISTINCT o.id) AS ids
