"""The method's rule pack: scales, ladders, catalogues, thresholds and rules are data; the code loads and checks."""

from powermap.method.pack import Attitude, Pack, Role, load_pack

__all__ = ["Attitude", "Pack", "Role", "load_pack"]
