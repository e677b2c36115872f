"""The encoder's global token in the language model's width."""

from torch import Tensor, nn


class VisualProjector(nn.Module):
    """E_visual: one linear layer on the unit-length global token."""

    def __init__(self, visual_dim: int, hidden_size: int) -> None:
        super().__init__()
        self.linear = nn.Linear(visual_dim, hidden_size)

    def forward(self, global_token: Tensor) -> Tensor:
        """(B, D) -> (B, 1, d)."""
        return self.linear(nn.functional.normalize(global_token, dim=-1))[:, None]
