"""Wiring: find files, run the stages over them, publish; and the `gongkai` command."""
