"""Forgery prompt learner: what the detector saw becomes soft tokens of a language model."""
