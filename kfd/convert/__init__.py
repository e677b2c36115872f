"""Other people's weights into our folders: `python -m kfd convert imagebind|release`."""

PARTS = ("kfd", "prompt_learner", "language_model")  # of the release's checkpoint, and our folders' names
