"""The gateway: HTTP in front, and the jobs that take a file through the stages."""
