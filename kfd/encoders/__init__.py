"""Visual encoders of the detector."""
