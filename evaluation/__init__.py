"""Frozen protocols and metrics: per-item results are saved and every figure is computed from the saved items."""
