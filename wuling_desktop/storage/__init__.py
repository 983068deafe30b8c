"""Cupboard: the encrypted data file and every change to it."""
