"""Shop pages: search, a product with the demand behind it, the board of needs, the catalogue's health, and what was learned of the user."""
