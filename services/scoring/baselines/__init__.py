"""The two baseline models and how they are built."""
