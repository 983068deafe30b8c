"""The few questions that stop the work."""
