"""Weights of ViT-H-14's vision and text towers from local files: OpenCLIP's, ImageBind's, transformers' layouts."""
