"""The gateway's database: jobs, tenants and tokens in SQLite or Postgres."""
