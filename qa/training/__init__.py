"""Training of the extractive reader; nothing here is imported when the program runs."""
