// summary: Give the first user a password; of the database called system.
// parameters: $password the password
// returns: nothing
// mode: write
ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED
