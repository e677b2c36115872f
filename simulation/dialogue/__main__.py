"""`python -m simulation.dialogue --count 20` prints sample conversations; --stats prints figures as JSON."""

import argparse
import json

import numpy as np

from simulation.dialogue.evidence import random_evidence
from simulation.dialogue.records import make_dialogue
from simulation.dialogue.stats import dialogue_stats
from simulation.dialogue.wording import result_sentence


def main() -> None:
    """Print samples or figures."""
    parser = argparse.ArgumentParser(prog="python -m simulation.dialogue", description=__doc__)
    parser.add_argument("--count", type=int, default=20, help="number of conversations (default 20)")
    parser.add_argument("--split", choices=("train", "eval"), default="train", help="phrasings to use (default train)")
    parser.add_argument("--seed", type=int, default=0, help="seed of the generator (default 0)")
    parser.add_argument("--stats", action="store_true", help="print figures about the language instead")
    options = parser.parse_args()
    if options.stats:
        print(json.dumps(dialogue_stats(options.seed, options.count, options.split), indent=2))
        return
    rng = np.random.default_rng(options.seed)
    for number in range(options.count):
        evidence = random_evidence(rng)
        print(f"--- {number + 1}: {result_sentence(evidence)}")
        for turn in make_dialogue(rng, evidence, split=options.split).turns:
            print(f"  H: {turn.turn_evidence + ' ' if turn.turn_evidence else ''}{turn.question}   ({turn.intent})")
            print(f"  A: {turn.answer}")


if __name__ == "__main__":
    main()
