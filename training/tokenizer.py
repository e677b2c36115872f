"""Train the embedded SentencePiece vocabulary on simulated dialogues and general dialogue.

    uv run python training/tokenizer.py --data DIR --out runs/vocabulary/tokenizer.model
    uv run python training/tokenizer.py --out runs/small/tokenizer.model --dialogues 500      # simulated dialogues only

Text goes through unchanged (no normalisation, digits apart, bytes for rare characters). Reserved marks are control
pieces: no text, whatever it says, is ever encoded to them.
"""

import argparse
import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

RESERVED = ("<p>", "</p>", "<mask>", "<box>", "<time>", *(f"<spare_{i:02d}>" for i in range(64)))
WHOLE = ("\n", "###", "<Img>", "</Img>", "%")


def train_tokenizer(sentences: Iterable[str], path: Path, size: int = 3000) -> None:
    """Write a unigram vocabulary of about `size` pieces.

    Args:
        sentences: texts as they are tokenised later: an utterance starts with a space.
        path: the .model file.
        size: number of ids, 256 bytes and the reserved marks included; fewer when the text is too small.
    """
    import sentencepiece

    lines = [line for text in sentences for line in text.split("\n") if line]
    if not lines:
        raise ValueError("no text to train the vocabulary on")
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_writer=model,
        vocab_size=size,
        model_type="unigram",
        hard_vocab_limit=False,
        character_coverage=0.9999,
        byte_fallback=True,
        split_digits=True,
        normalization_rule_name="identity",
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        control_symbols=list(RESERVED),
        user_defined_symbols=list(WHOLE),
        unk_id=0,
        bos_id=1,
        eos_id=2,
        pad_id=3,
        num_threads=1,
        minloglevel=2,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(model.getvalue())


def corpus(general: Sequence[Sequence[str]], dialogues: int, seed: int) -> list[str]:
    """Utterances of `dialogues` simulated dialogues, and up to as many (at least 20,000) of general conversations."""
    import numpy as np

    from training.lm_data import simulated_texts

    texts = simulated_texts(np.random.default_rng(seed), dialogues)
    said = [" " + text for turns in general for text in turns]
    return texts + said[: max(len(texts), 20000)]


def main(argv: list[str] | None = None) -> None:
    """Train the vocabulary and say how it does."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--data", type=Path, help="folder with dialogue/general.jsonl")
    p.add_argument("--out", type=Path, required=True, help="the .model file")
    p.add_argument("--vocab-size", type=int, default=3000)
    p.add_argument("--dialogues", type=int, default=3000, help="simulated dialogues")
    p.add_argument("--seed", type=int, default=42)
    args = p.parse_args(argv)
    from training.lm_dialogue import read_general

    texts = corpus(read_general(args.data)[0] if args.data is not None else [], args.dialogues, args.seed)
    train_tokenizer(texts, args.out, args.vocab_size)
    from assistant.tokenizers import SentencePieceTokenizer

    vocabulary = SentencePieceTokenizer(args.out)
    ids, characters = sum(len(vocabulary.encode(t)) for t in texts), sum(map(len, texts))
    sys.stdout.write(f"{vocabulary.vocab_size} pieces, {characters / ids:.2f} characters a piece\n")


if __name__ == "__main__":
    main()
