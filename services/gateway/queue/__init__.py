"""The gateway's queue: hints that a job may be claimable, on the job table or in SQS."""
