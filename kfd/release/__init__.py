"""LVLM-DFD's detector as its authors released it, for their weights; ours is kfd/detector.py."""
