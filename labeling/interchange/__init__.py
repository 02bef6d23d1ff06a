"""Labels of other tools in and out: `reading` recognises and understands their files, `writing` makes them."""
