"""The checks, one room for each layer: schema, types, ranges, business rules, readiness."""
