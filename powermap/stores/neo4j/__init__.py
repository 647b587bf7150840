"""The store for a team: Neo4j, and the server that runs on this machine."""
