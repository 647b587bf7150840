"""The rules of the method, each once: plain values and the pack's numbers in, a judgement out.

The brief asks them of one account, the portfolio of all; neither judges by itself.
"""
