"""Bytes to text: `decode` is the way in, the other modules are its evidence and its repairs."""
