"""Deepfake benchmarks on disk, read as their owners ship them, and the manifest they are turned into."""
