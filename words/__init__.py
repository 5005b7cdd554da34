"""WORDS: collects every sentence that people read, and keeps the catalogues in step with them."""
