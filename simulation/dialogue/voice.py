"""Choice of wording: three styles that never share a variant, so that a retelling is always a different one."""

import numpy as np

STYLES = 3


class Voice:
    """Draws wordings. style 0 is the usual one, 1 and 2 are retellings of the same facts."""

    def __init__(self, rng: np.random.Generator, style: int = 0) -> None:
        """Keep the generator and the style, taken modulo `STYLES`."""
        self.rng, self.style = rng, style % STYLES

    def of(self, *options: str) -> str:
        """One of the options that belong to this style (every third, from the style's number on)."""
        mine = options[self.style :: STYLES] or options
        return mine[int(self.rng.integers(len(mine)))]
