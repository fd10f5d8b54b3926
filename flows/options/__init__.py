"""The options of each command, a module a command; `flows/commands/` does what they say."""
