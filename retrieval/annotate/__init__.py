"""A local page on which people describe what looks wrong in videos and click where; exported to ExDDV's schema."""
