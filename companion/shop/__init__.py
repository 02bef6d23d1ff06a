"""The shop: from what people say and search to the product that answers it. Pure: no Flask and no SQL in this room."""
