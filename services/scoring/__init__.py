"""The scoring stage: a clean table in, probabilities, reasons and actions out."""
