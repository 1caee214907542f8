"""Ways to run the services as one product."""
