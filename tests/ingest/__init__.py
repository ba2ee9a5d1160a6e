"""Tests of ingest: decoding, newspaper repairs, sentences and passages, the bundled report's original."""
