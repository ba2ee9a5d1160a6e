"""The command line: one file a group of commands, each with `add(commands, common)` and `run(options)`."""
