"""Benchmarks behind every figure that the documents claim."""
