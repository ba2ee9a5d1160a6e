"""Question/answer pairs → measures → a report, with nothing but the program itself: no judge model, no network."""
