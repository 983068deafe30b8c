"""Forms out: blanks with our data names, filled by splicing values into their own XML."""
