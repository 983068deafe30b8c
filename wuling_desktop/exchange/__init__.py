"""Workbooks and pages: plain values in and out; no SQL, no Qt."""
