"""What training/performance.py measures: detector, language model and training steps, with random weights."""
