"""Measurements of tfgen as a user meets it: whole processes, medians, beside a public yardstick."""
