"""The `/v1` wire: one blueprint a resource, thin over the model rooms and the store."""
