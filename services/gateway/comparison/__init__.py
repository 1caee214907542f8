"""Two predictions of the same customers beside each other: what changed, and what came true."""
