"""Language model, conversation, answer checking and the commands: what a person talks with."""
