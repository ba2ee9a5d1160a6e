"""Prompt texts are files: `<name>.txt` with {variables}; prefixes.json holds what embedding models want in
front, confidence.json the words for a probability.

Raises KeyError for a variable that is missing or not in the text, FileNotFoundError for a name without a file.
"""
from __future__ import annotations

import json
import string
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def template(name: str) -> str:
    """The text of one prompt file, its last line end aside."""
    return (FOLDER / f"{name}.txt").read_text("utf-8").rstrip("\n")


def render(name: str, **variables: object) -> str:
    """A prompt with its variables put in; what stands in a variable is never read as a template.

    >>> render("not_found")
    '报道未提及。'
    """
    text = template(name)
    wanted = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    if wanted != set(variables):
        raise KeyError(f"prompt {name}: wants {sorted(wanted)}, was given {sorted(variables)}")
    return text.format(**variables)


def confidence(probability: float) -> str:
    """How sure an answer is, in words.

    >>> confidence(0.95), confidence(0.2)
    ('把握很大', '把握不大，请核对原文')
    """
    return next(words for least, words in levels() if probability >= least)


@cache
def levels() -> list[tuple[float, str]]:
    return json.loads((FOLDER / "confidence.json").read_text("utf-8"))


@cache
def prefixes(model: str) -> dict[str, str]:
    """The query and document prefixes of an embedding model, by the first entry whose `match` is in its name.

    >>> prefixes("intfloat/multilingual-e5-base")["query"]
    'query: '
    """
    name = model.lower()
    for entry in json.loads((FOLDER / "prefixes.json").read_text("utf-8")):
        if all(part in name for part in entry["match"]):
            return {"query": entry["query"], "document": entry["document"]}
    return {}
