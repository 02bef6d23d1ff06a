"""Who may ask the companion what: guard, pairing, tokens, the dashboard's door."""
