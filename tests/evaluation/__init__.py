"""Tests of evaluation: pairs, measures, gates."""
