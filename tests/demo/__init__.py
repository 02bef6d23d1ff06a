"""The whole product on invented videos: for a person to try (`make demo`) and for the pictures in the documentation."""
