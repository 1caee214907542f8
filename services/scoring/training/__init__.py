"""Learning a tenant's own model from customers whose end is known."""
