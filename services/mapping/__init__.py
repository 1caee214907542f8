"""The mapping stage: any column names in, canonical columns out."""
