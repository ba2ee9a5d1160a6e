"""Run by test_concurrency: one process at an index that others write and read too.

    python -m tests.index.contend write NAME FOLDER ROUNDS    ingest NAME again and again, its text telling the round, and a passing document
    python -m tests.index.contend read FOLDER STOP            read until the file STOP is there → one JSON line
"""
from __future__ import annotations

import json
import sys
from pathlib import Path

from index.store import Store
from tests.index.fakes import fake, source, texts, unmixed


def text(name: str, number: int) -> str:
    return "".join(f"{name}第{number}版第{line}句。\n" for line in range(20))


def write(name: str, folder: Path, rounds: int) -> None:
    store = Store(folder)
    for number in range(1, rounds + 1):
        store.update([source(name, text(name, number)), source(f"{name}.附", "附件。\n")], fake)
        store.update([], fake, remove=frozenset({f"{name}.附"}))


def read(folder: Path, stop: Path) -> None:
    store, seen, reads, versions, backwards, mixed, wrong = Store(folder), {}, 0, set(), 0, 0, []
    while True:
        last = stop.exists()
        snapshot = store.read()
        reads += 1
        versions.add(store.version())
        mixed += not unmixed(snapshot)
        for name, found in texts(snapshot).items():
            if name.endswith(".附"):
                continue
            number = int(found[len(name) + 1:found.index("版")])
            if found != text(name, number):
                wrong.append(found)
            backwards += number < seen.get(name, 0)
            seen[name] = number
        if last:
            print(json.dumps({"reads": reads, "versions": len(versions), "mixed": mixed, "backwards": backwards, "wrong": wrong, "last": seen}, ensure_ascii=False))
            return


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        read(Path(sys.argv[2]), Path(sys.argv[3]))
