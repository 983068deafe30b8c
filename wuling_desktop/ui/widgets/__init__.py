"""Small painted pieces."""
