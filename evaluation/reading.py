"""Reading in general: `python -m evaluation.reading ../shared/reading/cmrc2018`, CMRC2018's dev questions over all its dev passages in one index.

    --limit N       only N questions, drawn with a fixed seed (all passages stay in the index)
    --index DIR     keep the index there, so that the next run does not embed anew; without it, it is built in a temporary folder
    --out DIR       report.json and records.jsonl

Every passage is a document under its title. success@k: the question's passage is among the first k distinct documents; answer_em and
answer_f1 in CMRC2018's convention, nothing answered scoring 0. The folder holds passages.jsonl ({"id", "title", "text", "split"}) and
questions.jsonl ({"id", "question", "answers", "passage_id", "split"}). Exit status 0, or 2 where it cannot run.
"""
from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tqdm import tqdm

from evaluation.answers import exact, overlap
from evaluation.journal import REPORT, Journal
from evaluation.compare import RECORDS
from evaluation.replies import tried
from evaluation.run import lines, versions
from evaluation.summary import SEED, drawn, means, seconds
from evaluation.tables import aligned, overall, seconds_table
from index.embed import Embedder
from index.store import Source, Store
from ingest.chunk import read_document
from ingest.document import UserError
from qa.assistant import Assistant
from qa.read import SignalReader


def rows(file: Path) -> list[dict]:
    """The dev rows of one of the two files. Raises UserError where it is not there or not such a file."""
    try:
        found = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        return [row for row in found if row["split"] == "dev"]
    except OSError as error:
        raise UserError(f"读不了“{file}”({error.strerror});请给出放着 passages.jsonl 和 questions.jsonl 的文件夹。") from None
    except (ValueError, KeyError, TypeError):
        raise UserError(f"“{file}”不是阅读题文件;每行应是带 split 的 JSON 对象。") from None


def source(passage: dict) -> Source:
    """A passage as a document under its title, named by its id."""
    text = f"# {passage['title']}\n\n{passage['text']}\n"
    return Source(text.encode("utf-8"), read_document(f"{passage['id']}.md", text))


def indexed(passages: Sequence[dict], folder: Path, model: str | None = None) -> Assistant:
    """An assistant over all passages; what the folder holds of them already is not embedded anew."""
    store, embedder = Store(folder), Embedder.load(model)
    with tqdm(desc="正在索引", unit="句", file=sys.stderr, leave=False, disable=None) as bar:
        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)
        store.update([source(passage) for passage in passages], lambda: embedder, model=model, progress=progress)
    return Assistant(store, embedder, SignalReader.load())


def records_of(questions: Sequence[dict], assistant: Assistant) -> Iterator[dict]:
    """One record a question, as it is answered."""
    for row in tqdm(questions, desc="正在评测", unit="问", file=sys.stderr, leave=False, disable=None):
        answer = tried(lambda: assistant.ask(row["question"]).to_dict(row["id"]), row["id"])
        yield {"id": row["id"], "unit": row["passage_id"], "question": row["question"], "answers": row["answers"], "answer": answer, "scores": score(answer, row)}


def score(answer: dict, row: dict) -> dict[str, float]:
    """The measures of one answer.

    >>> row = {"passage_id": "p1", "answers": ["光荣"]}
    >>> score({"answer": "光荣", "citations": [{"document": "p1.md", "quote": "由光荣开发。"}], "passages": [{"document": "p0.md"}, {"document": "p0.md"}, {"document": "p1.md"}]}, row)
    {'success@1': 0.0, 'success@5': 1.0, 'evidence@1': 1.0, 'answered': 1.0, 'answer_em': 1.0, 'answer_f1': 1.0}
    """
    right = f"{row['passage_id']}.md"
    documents = list(dict.fromkeys(p["document"] for p in answer.get("passages", [])))
    first = next(iter(answer.get("citations", [])), None)
    short, rights = answer.get("answer", ""), tuple(row["answers"])
    return {"success@1": float(right in documents[:1]), "success@5": float(right in documents[:5]),
            "evidence@1": float(first is not None and first["document"] == right and any(a in first["quote"] for a in rights)),
            "answered": float(first is not None), "answer_em": exact(short, rights), "answer_f1": overlap(short, rights)}


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m evaluation.reading", description="用 CMRC2018 开发集测一般的检索和阅读。")
    found.add_argument("folder", type=Path, help="放着 passages.jsonl 和 questions.jsonl 的文件夹")
    found.add_argument("--limit", type=int, metavar="N", help="只做 N 问")
    found.add_argument("--index", type=Path, metavar="DIR", help="索引留在这个文件夹,下次不用重建")
    found.add_argument("--model", metavar="ID", help="嵌入模型的名称或文件夹")
    found.add_argument("--out", type=Path, metavar="DIR", help="写 report.json 和 records.jsonl 的文件夹")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status. Ctrl-C leaves what was done, marked partial."""
    options = parser().parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as aside:
            return read(options, options.index or Path(aside) / "index")
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130


def read(options: argparse.Namespace, folder: Path) -> int:
    """Index, ask, print and write. Raises UserError where it cannot run."""
    passages, questions = rows(options.folder / "passages.jsonl"), rows(options.folder / "questions.jsonl")
    if options.limit is not None:
        chosen = sorted(random.Random(SEED).sample(range(len(questions)), max(1, min(options.limit, len(questions)))))
        questions = [questions[i] for i in chosen]
    journal = Journal(options.out)
    started = time.perf_counter()
    assistant = indexed(passages, folder, options.model)
    building, records, stopped = time.perf_counter() - started, [], False
    files = assistant.store.manifest()["files"]
    settings = {"folder": str(options.folder), "model": assistant.embedder.model, "index": {part: entry["sha256"] for part, entry in files.items()}, "passages": len(passages),
                "limit": options.limit, "seed": SEED, "versions": versions()}
    journal.begin(settings, resume=False)
    try:
        records.extend(journal.kept(({**r, "key": r["id"]} for r in records_of(questions, assistant)), ()))
    except KeyboardInterrupt:
        stopped = True
    measures = means(records, drawn([r["unit"] for r in records])) if records else {}
    report = {"partial": stopped, "questions": len(records), "measures": measures, "seconds": seconds(records) | {"build": building}, "settings": settings}
    journal.end({REPORT: json.dumps(report, ensure_ascii=False, indent=1), RECORDS: lines(records)})
    print(f"{len(passages)} 段,{len(records)} 问;建索引 {building:.1f} 秒")
    if records:
        print(aligned(overall(measures)), aligned(seconds_table(seconds(records))), sep="\n\n")
    if stopped:
        raise KeyboardInterrupt
    return 0


if __name__ == "__main__":
    sys.exit(main())
