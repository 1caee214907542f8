"""gRPC as every service speaks it: servers, clients, interceptors and error status."""
