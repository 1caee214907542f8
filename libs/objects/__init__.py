"""The object store: bytes under keys, in a directory or in S3."""
