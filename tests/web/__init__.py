"""Tests of the web page: its HTML from values, and the page itself in a browser."""
