"""Tests of the whole project; a package, so that they can import `benchmarks`."""
