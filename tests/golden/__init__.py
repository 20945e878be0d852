"""The HCL of every fixture, byte for byte, and what is true of all of it."""
