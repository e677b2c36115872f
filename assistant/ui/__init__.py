"""The chat page: layout, events, what is remembered, wording. Gradio is used here and in app.py only."""
