"""Tests of quantities: cases as data, properties, hostile input."""
