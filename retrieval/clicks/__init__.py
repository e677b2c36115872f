"""Where would a person click? A predictor of clicks on manipulated faces (ExDDV §4.2) in three sizes."""
