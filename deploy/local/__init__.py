"""The whole product on one machine: the real services as processes on loopback."""
