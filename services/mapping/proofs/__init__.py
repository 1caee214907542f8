"""Proofs: what in a file's names and values shows that a derivation, a reading or a grain is right."""
