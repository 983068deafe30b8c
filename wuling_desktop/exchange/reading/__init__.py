"""Strangers' workbooks in: read in a child process, lists found by their heads, every cell told."""
