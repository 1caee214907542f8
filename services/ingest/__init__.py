"""The ingest stage: bytes of any export in, a lossless table and its profile out."""
