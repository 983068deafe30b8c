"""The steps, oldest first; written by `python -m wuling_desktop.storage.migrate new`."""
