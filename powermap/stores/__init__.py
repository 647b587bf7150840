"""Where the data lives: the only room that talks to a database."""

from powermap.stores.location import is_url, open_store

__all__ = ["is_url", "open_store"]
