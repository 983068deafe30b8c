"""The facets of a person's file, one module each."""
