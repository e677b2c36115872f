"""One script a training stage, and what the scripts share."""
