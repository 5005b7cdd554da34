"""Verbs, tried on both engines."""
