"""For users outside: the Python client over HTTP and gRPC, and the `retainwise` command."""
