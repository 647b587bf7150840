"""powermap: who decides, who influences, and where everything hangs on one person."""

__version__ = "0.1.0"
