"""A question and Hits → Answer: the answering sentence, the short answer, or "not in the report"."""
