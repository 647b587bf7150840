"""The book of an account: what a manager expects to see first, on one page that needs nothing else."""

from powermap.reports.book.page import render

__all__ = ["render"]
