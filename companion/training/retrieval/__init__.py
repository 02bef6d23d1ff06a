"""Fine-tuning of the shop's sentence encoder on questions and the products that answer them."""
