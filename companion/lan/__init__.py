"""`serve --lan`: the labeling pages for colleagues on the same network, over TLS, on a port of their own."""
