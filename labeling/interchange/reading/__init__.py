"""Files of other tools: `recognising` tells them by content, a module a tool hears what was said, `telling` makes label rows of it."""
