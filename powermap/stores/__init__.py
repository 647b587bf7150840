"""Where the data lives: the only room that talks to a database."""

from powermap.stores.opening import open_store

__all__ = ["open_store"]
