"""Screen: what the secretary sees and types."""
