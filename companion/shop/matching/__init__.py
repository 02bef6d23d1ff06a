"""Does a product fit a wish: audience, price, what is not wanted, kind, colour."""
