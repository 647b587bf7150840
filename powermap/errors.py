"""The error tree: every fault that stops a command.

::

    PowermapError          exit code 1
    ├── ConfigError        2   a setting, an option, a missing extra
    ├── ModelError         3   a value outside its vocabulary or range
    ├── SourceError        4   a file that can't be read as what it says it is
    ├── StoreError         5   the store can't be opened, read or written
    │   └── ConflictError  6   somebody changed the record first
    ├── AnalysisError      7   a question that has no answer on this data
    └── RenderError        8   a page or file that can't be made

Exit code 9 is reserved for files with problems (nothing was written), 130 for Ctrl-C. A fault in the user's
*data* is a value, not an exception: see :class:`powermap.model.Problem`.
"""

from __future__ import annotations

from powermap.words import Words

EXIT_CONFLICT = 6
EXIT_PROBLEMS = 9
"""Exit code of an import that was refused because the files have problems."""


class PowermapError(Exception):
    """Stop with a message fit for a user, in Chinese and English.

    Parameters
    ----------
    words
        One sentence that says what is wrong, naming the value.
    hint
        What to do about it; printed under the message.
    """

    exit_code = 1

    def __init__(self, words: Words, *, hint: Words = Words("", "")) -> None:
        self.words, self.advice = words, hint
        super().__init__(words.en)

    @property
    def message(self) -> str:
        """The message in English, for programs."""
        return self.words.en

    @property
    def hint(self) -> str:
        """The hint in English, for programs."""
        return self.advice.en


class ConfigError(PowermapError):
    exit_code = 2


class ModelError(PowermapError):
    exit_code = 3


class SourceError(PowermapError):
    exit_code = 4


class StoreError(PowermapError):
    exit_code = 5


class ConflictError(StoreError):
    exit_code = 6


class MovedError(ConflictError):
    """Somebody wrote to the store since the state that a batch was made for."""


class AnalysisError(PowermapError):
    exit_code = 7


class RenderError(PowermapError):
    exit_code = 8
