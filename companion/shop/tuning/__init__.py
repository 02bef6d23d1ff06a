"""What the sentence encoder of the shop may learn from: questions with the products that answer them, parted by product type."""
