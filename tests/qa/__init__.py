"""Tests of qa: questions, signals, short answers, readings, dialogue, the assistant."""
