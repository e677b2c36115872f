"""From a configuration to an encoder."""

from kfd.encoders.base import EncoderConfig, VisualEncoder
from kfd.encoders.efficientnet import EfficientNetLite
from kfd.encoders.embedded import EmbeddedEncoder


def build_encoder(config: EncoderConfig) -> VisualEncoder:
    """Make the encoder with random weights; weights come from the detector's checkpoint."""
    if config.kind == "embedded":
        return EmbeddedEncoder(config)
    if config.kind == "efficientnet_lite0":
        return EfficientNetLite(config)
    from kfd.encoders.openclip import OpenClipEncoder  # open_clip is slow to import

    return OpenClipEncoder.create(config)
