"""Tests of the command line's own parts; tests/test_app.py runs whole commands."""
