"""The five services, one folder each, all built to the same plan."""
