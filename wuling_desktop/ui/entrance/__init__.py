"""The door: first run and unlocking; loaded before anything that knows the data."""
