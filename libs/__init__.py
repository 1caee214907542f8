"""The shelf: small rooms that the services share, each named for what it gives."""
