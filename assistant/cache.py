"""The key/value cache of one conversation, kept across turns. It only ever holds a prefix that was really read."""

from typing import Any


class KeyValueCache:
    """What a language model has read so far. Make one per conversation; the model fills it.

    Attributes:
        keys: one hashable key per cached position, see `Segment.keys`.
        fed: positions computed since the cache was made; a measure of the work saved.
    """

    def __init__(self) -> None:
        self.keys: list[tuple] = []
        self.fed = 0
        self._owner: object | None = None
        self._store: Any = None

    def __len__(self) -> int:
        return len(self.keys)

    def clear(self) -> None:
        """Forget everything."""
        self.keys, self._store = [], None

    def crop(self, length: int) -> None:
        """Keep the first `length` positions; a cache that cannot be shortened is forgotten altogether."""
        surplus = len(self.keys) - length
        if surplus <= 0:
            return
        if length == 0 or not self._croppable():
            self.clear()
            return
        self._store.crop(-surplus)
        del self.keys[length:]

    def _croppable(self) -> bool:
        layers = getattr(self._store, "layers", None)
        return bool(layers) and all(type(layer).__name__ == "DynamicLayer" for layer in layers)

    def align(self, keys: list[tuple], owner: object) -> int:
        """Crop to the longest common prefix with `keys`, leaving at least one position to compute.

        Args:
            keys: keys of the whole sequence.
            owner: the model; another model's entries are dropped.

        Returns:
            Number of leading positions of the sequence that need not be computed.
        """
        if self._owner is not owner:
            self.clear()
            self._owner = owner
        common = 0
        for ours, theirs in zip(self.keys, keys, strict=False):
            if ours != theirs:
                break
            common += 1
        self.crop(min(common, len(keys) - 1))
        return len(self.keys)

    def store(self, make: Any) -> Any:
        """The model's own cache object, made by `make()` when there is none."""
        if self._store is None:
            self._store = make()
        return self._store

    def extend(self, keys: list[tuple]) -> None:
        """Note positions the model has just computed."""
        self.keys.extend(keys)
        self.fed += len(keys)
