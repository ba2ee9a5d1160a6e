"""Measurements that take minutes and are run by hand, each by `python -m benchmarks.NAME`."""
