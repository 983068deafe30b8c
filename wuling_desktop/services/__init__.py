"""Verbs: one call is one named operation in one transaction."""
