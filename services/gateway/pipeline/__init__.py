"""The order of the stages, for each kind of job."""
