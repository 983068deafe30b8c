"""Rules: values in, findings out; no SQL, no Qt, no user's file."""
