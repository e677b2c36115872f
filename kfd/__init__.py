"""Knowledge-guided forgery detector."""
