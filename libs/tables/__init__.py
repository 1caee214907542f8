"""Tables: the canonical columns, and Arrow batches as they cross a wire."""
