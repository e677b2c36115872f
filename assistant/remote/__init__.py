"""The language model on a vLLM server: this side keeps vocabulary, prompt style and the embedding matrix alone."""
