"""How the tables came to be, one numbered file a step."""
