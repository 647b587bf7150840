"""What files say against what is known: the plan of an import."""

from powermap.intake.plan import Plan, make_plan

__all__ = ["Plan", "make_plan"]
