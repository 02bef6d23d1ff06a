"""Reading product feeds: Amazon Products, Google Merchant, Shopify, JSON lines and tables whose columns are guessed."""

from companion.shop.catalogue.feed import Feed, FeedError, Row, Said, columns_said

__all__ = ["Feed", "FeedError", "Row", "Said", "columns_said"]
