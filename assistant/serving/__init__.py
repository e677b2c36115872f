"""One model, many conversations: detector passes and answers of several callers computed together."""
