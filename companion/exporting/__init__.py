"""What is stored as files: `tables` says which columns there are, `writers` how each format is written, `files` when a file exists."""
