"""BENCH: measures the house against other ways to draw the same screens from the same rows."""
