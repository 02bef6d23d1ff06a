"""The `buysignal` commands, one module a family."""
