"""One module a page, each with `show()`: it asks and draws, and holds no rule of its own."""
