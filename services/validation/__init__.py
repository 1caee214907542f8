"""The validation stage: a canonical table in, a clean table and quality findings out."""
