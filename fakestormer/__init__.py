"""Video detector: the revisited TimeSformer with temporal and spatial heads (FakeSTormer)."""
