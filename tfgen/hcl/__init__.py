"""Terraform files: text from resources, written safely, compared with what is on disk."""
