"""`make bench`: the product's speed and size, measured, as one table."""
