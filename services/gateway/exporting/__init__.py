"""Customers as files for people: CSV, and Excel workbooks."""
