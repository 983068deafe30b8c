"""Filled sheets as pages: geometry and drawing commands, for preview, PDF and printer alike."""
