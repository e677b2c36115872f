"""Human annotations of manipulated videos: records, readers, an index to search them, examples for the prompt."""
