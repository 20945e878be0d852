"""What the end-to-end tests stand on: the real Terraform, AWS emulators, replayed answers.

`terraform`    the terraform CLI with the real provider, offline, away from every real account
`console`      many HCL expressions evaluated by one terraform process
`emulators`    moto in this process and ministack in its own
`http_replay`  a loopback server with real-shaped AWS answers and faults on demand

Tests take all of them as fixtures (tests/conftest.py).
"""
