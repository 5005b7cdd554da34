"""QUESTIONS: one file each, rows that answer and a figure that shows; they only read."""
