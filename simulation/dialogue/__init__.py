"""Simulated conversations: records, wording, questions, answers, and names of regions in free text."""

from simulation.dialogue.evidence import random_evidence
from simulation.dialogue.names import asks_comparison, region_mentions, region_names_in, spoken_name
from simulation.dialogue.records import Dialogue, DialogueTurn, Truth, make_dialogue, measure_from
from simulation.dialogue.stats import dialogue_stats

__all__ = [
    "Dialogue",
    "DialogueTurn",
    "Truth",
    "asks_comparison",
    "dialogue_stats",
    "make_dialogue",
    "measure_from",
    "random_evidence",
    "region_mentions",
    "region_names_in",
    "spoken_name",
]
