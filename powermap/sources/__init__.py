"""Files as users bring them: bytes to tables to drafts and problems, one module a step."""

from powermap.sources.reading import read_files

__all__ = ["read_files"]
