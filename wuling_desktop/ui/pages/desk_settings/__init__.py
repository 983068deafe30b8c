"""设置与备份: its sections, one file each; `settings.py` beside this folder puts them on one page."""
