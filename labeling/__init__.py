"""The labeling tool: people turn comments into training data, one key an answer, and see how far they agree."""
