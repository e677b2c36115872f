"""Decoding, faces, landmarks, facial regions, quality, overlays, and the records that every room shares. No torch."""
