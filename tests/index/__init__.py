"""Tests of index: tokens, vectors, fusion, search, and a store that cannot lose."""
