"""Drift reports: golden samples, hostile values, secrets, and what each format's readers demand."""
