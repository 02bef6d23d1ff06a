"""One module a format: annotations in, a file out, written as they come and always in the same order."""
