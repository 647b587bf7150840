// summary: Who is logged in, and the roles that the server gives them; asked of the database system.
// parameters: none
// returns: user, roles (null where the edition knows none)
// mode: read
SHOW CURRENT USER YIELD user, roles
RETURN user, roles
