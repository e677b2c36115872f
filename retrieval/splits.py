"""Splits: the source's own, and one in which no identity occurs on both sides."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from retrieval.annotations import SPLITS, Annotation, Split

SplitKind = Literal["official", "identity"]
SHARES: dict[Split, float] = {"train": 0.8, "val": 0.1, "test": 0.1}
_ACTOR = "actor:"


def components(groups: Sequence[Sequence[str]]) -> dict[str, str]:
    """Each name's connected component, called by its smallest member; names of one group are connected."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for group in groups:
        for name in group:
            one, other = sorted((root(group[0]), root(name)))
            parent[other] = one
    return {name: root(name) for name in parent}


def with_split(annotations: Sequence[Annotation], kind: SplitKind) -> list[Annotation]:
    """The annotations with `split` set: "official" as the source says, "identity" by `identity_splits`."""
    if kind == "official":
        return list(annotations)
    new = identity_splits(annotations)
    return [replace(a, split=new[a.id]) for a in annotations]


def identity_splits(annotations: Sequence[Annotation], seed: int = 0) -> dict[str, Split]:
    """Split of each annotation id so that train, val and test share no identity.

    Connected components over the identities go whole to one side. The 100 actors of DeeperForensics would tie nearly
    all of FaceForensics++ into one component, so they get sides of their own, footage components follow the actors
    seen on them while there is room, and rows whose footage and actor ended on different sides are "left_out".
    """
    footage = [[i for i in a.identities if not i.startswith(_ACTOR)] for a in annotations]
    component = components([g for g in footage if g])
    rows: dict[str, list[Annotation]] = defaultdict(list)
    for a, names in zip(annotations, footage, strict=True):
        rows[component[names[0]] if names else a.id].append(a)
    side = _actor_sides(annotations, seed)
    strata: dict[str, list[str]] = defaultdict(list)
    for name in rows:
        strata[name.split(":")[0]].append(name)
    out: dict[str, Split] = {}
    for names in strata.values():
        for name, chosen in _sides({n: rows[n] for n in names}, side, seed).items():
            for a in rows[name]:
                agrees = all(side[i] == chosen for i in a.identities if i in side)
                out[a.id] = chosen if agrees else "left_out"
    return out


def _sides(rows: dict[str, list[Annotation]], actors: dict[str, Split], seed: int) -> dict[str, Split]:
    """A side for each component of one stratum: that of its actors while there is room, those wished least first."""
    room = {split: share * sum(map(len, rows.values())) for split, share in SHARES.items()}
    wishes = {name: _wishes(rows[name], actors) for name in rows}
    chosen: dict[str, Split] = {}
    for name in sorted(rows, key=lambda n: (-wishes[n]["test"], -wishes[n]["val"], name_hash(n, seed))):
        need = len(rows[name])
        chosen[name] = max(SPLITS, key=lambda s: (room[s] >= need, wishes[name][s], room[s] / SHARES[s]))
        room[chosen[name]] -= need
    return chosen


def _actor_sides(annotations: Sequence[Annotation], seed: int) -> dict[str, Split]:
    actors = sorted(
        {i for a in annotations for i in a.identities if i.startswith(_ACTOR)}, key=lambda n: name_hash(n, seed)
    )
    tests = round(SHARES["test"] * len(actors))
    vals = tests + round(SHARES["val"] * len(actors))
    return {n: "test" if k < tests else "val" if k < vals else "train" for k, n in enumerate(actors)}


def _wishes(rows: Sequence[Annotation], side: dict[str, Split]) -> Counter[str]:
    """How many rows' actors stand on each side."""
    return Counter(side[i] for a in rows for i in a.identities if i in side)


def name_hash(name: str, seed: int) -> str:
    """A fixed order that looks random: the same on every machine, whatever else is in the list."""
    return hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()


def shared_identities(annotations: Sequence[Annotation]) -> int:
    """How many identities occur in more than one of train, val and test."""
    seen: dict[str, set[str]] = defaultdict(set)
    for a in annotations:
        if a.split != "left_out":
            for name in a.identities:
                seen[name].add(a.split)
    return sum(len(s) > 1 for s in seen.values())
