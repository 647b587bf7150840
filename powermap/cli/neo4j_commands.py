"""A local Neo4j."""

import typer

app = typer.Typer(help="Run a local Neo4j, by pip alone.", no_args_is_help=True)
