"""Prompt texts are files: `<name>.txt` with {variables} is a text that the user sees, `<name>.md` what a language model is sent;
prefixes.json holds what embedding models want in front, confidence.json the words for a probability.

Raises KeyError for a variable that is missing or not in the text, FileNotFoundError for a name without a file.
"""
from __future__ import annotations

import json
import re
import string
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
PURPOSE = re.compile(r"<!--.*?-->\s*", re.DOTALL)
PART = re.compile(r"^=== (\w+)\n", re.MULTILINE)


@cache
def template(name: str) -> str:
    """The text of one prompt file, its last line end aside."""
    return (FOLDER / f"{name}.txt").read_text("utf-8").rstrip("\n")


def render(name: str, **variables: object) -> str:
    """A prompt with its variables put in; what stands in a variable is never read as a template.

    >>> render("not_found")
    '报道未提及。'
    """
    return filled(name, [template(name)], variables)[0]


def filled(name: str, texts: Sequence[str], variables: Mapping[str, object]) -> list[str]:
    """Texts of one prompt with its variables put in. Raises KeyError where they are not exactly those that the texts want together."""
    wanted = {field for text in texts for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    if wanted != set(variables):
        raise KeyError(f"prompt {name}: wants {sorted(wanted)}, was given {sorted(variables)}")
    return [text.format(**variables) for text in texts]


@cache
def parts(name: str) -> tuple[tuple[str, str], ...]:
    """The parts of a model's prompt, (role, text), in order; what the comment at its top says it is for is none of them."""
    text = PURPOSE.sub("", (FOLDER / f"{name}.md").read_text("utf-8"), count=1)
    pieces = PART.split(text)[1:]
    return tuple((role, part.rstrip("\n")) for role, part in zip(pieces[::2], pieces[1::2]))


def messages(name: str, **variables: object) -> list[dict[str, str]]:
    r"""A model's prompt as the messages of a chat.

    >>> [(m["role"], m["content"]) for m in messages("passage", fence="f1", label=1, heading="民生", text="有{7}个。")]
    [('passage', '<f1 材料[1]>\n民生\n有{7}个。\n</f1 材料[1]>')]
    """
    roles = parts(name)
    texts = filled(name, [text for _, text in roles], variables)
    return [{"role": role, "content": text} for (role, _), text in zip(roles, texts)]


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
