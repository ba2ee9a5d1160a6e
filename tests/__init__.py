"""Tests, laid out as the packages are; tests/cases holds cases as data."""
