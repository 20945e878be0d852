"""From a spec to a live pool and back: the real Terraform and provider on an emulator."""
