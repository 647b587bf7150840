"""What one question sees: a snapshot through (account, deal, supplier, as of)."""

from powermap.lens.lens import Lens, Seat, Supplier, look

__all__ = ["Lens", "Seat", "Supplier", "look"]
