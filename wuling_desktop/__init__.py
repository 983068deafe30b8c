"""党建工作台: the desk of a Party-branch secretary."""

__version__ = "0.1.0"
