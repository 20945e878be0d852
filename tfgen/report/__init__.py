"""Reports: findings in, text out; nothing is compared or decided here."""
