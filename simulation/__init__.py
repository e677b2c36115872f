"""Forged photos with their truth, degradations, and simulated conversations. No torch."""
