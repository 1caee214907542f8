"""What a company's plan allows: how many predictions and people, and which features."""
