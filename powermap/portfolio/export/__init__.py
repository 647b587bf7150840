"""What leaves: the manager's page, Arrow tables, the scan as a Spark job."""
