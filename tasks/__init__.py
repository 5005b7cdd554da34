"""THE CLOCK: what happens by itself; huey only wakes it, the truth is in the tables."""
