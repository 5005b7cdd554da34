"""What the tables refuse and what they let through, by raw SQL on both engines."""
