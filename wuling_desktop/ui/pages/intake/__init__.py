"""导入: the five steps, each a widget of its own; `importing.py` beside this folder leads through them."""
