"""Run by test_crash: one operation on an index, killed with SIGKILL in every state that the disk goes through, each time from the same start.

    python -m tests.index.crash OPERATION FOLDER → one JSON line: {"steps", "rounds", "before", "after", "wrong": [[step, what], …]}

A step is a line of the functions that write; it is killed before those steps that find the folder changed since the
step before, and before every twentieth. The product knows nothing of it: the warm interpreter forks, and the child counts its own lines through sys.settrace.
"""
from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path

from index.store import Store
from ingest.document import UserError
from tests.index.fakes import anew, content, fake, source, texts, unmixed

WRITERS = {"update", "rebuild", "writing", "publish", "keep", "_write", "_flush", "clean", "set_aside"}
A, B, A2, C = "高新区有147家企业。\n" * 40, "市政府召开会议。\n", "高新区有150家企业。\n" * 40, "今天下雨。\n"


def first(store: Store) -> None:
    store.update([source("甲.txt", A), source("乙.txt", B)], fake)


def replace(store: Store) -> None:
    store.update([source("甲.txt", A2), source("丙.txt", C)], fake)


def remove(store: Store) -> None:
    store.update([], fake, remove=frozenset({"甲.txt"}))


def rebuild(store: Store) -> None:
    store.rebuild(anew, fake)


def damage(store: Store) -> None:
    first(store)
    path = store.folder / store.manifest()["files"]["documents"]["name"]
    path.write_bytes(path.read_bytes()[:-9])


def lose(store: Store) -> None:
    first(store)
    (store.folder / "manifest.json").unlink()


OPERATIONS = {"first": (None, first), "replace": (first, replace), "remove": (first, remove), "rebuild": (damage, rebuild), "rebuild lost": (lose, rebuild)}


def each_step(act) -> None:
    """Call `act(step)` before each line in WRITERS, counted from 1."""
    count = 0

    def line(frame, event, argument):
        nonlocal count
        if event == "line":
            count += 1
            act(count)
        return line

    def call(frame, event, argument):
        code = frame.f_code
        return line if code.co_name in WRITERS and Path(code.co_filename).parent.name == "index" else None

    sys.settrace(call)


def kill_at(step: int) -> None:
    each_step(lambda count: count == step and os.kill(os.getpid(), signal.SIGKILL))


def changing_steps(folder: Path, operate) -> tuple[int, list[int]]:
    """How many steps an operation has, and which of them find the disk changed."""
    changed, last, steps = [], None, 0

    def look(step: int) -> None:
        nonlocal last, steps
        entries = ((p, p.lstat()) for p in folder.rglob("*"))
        now = {(str(p), stat.st_ino, stat.st_size, stat.st_mtime_ns if p.is_file() else 0) for p, stat in entries}
        if now != last:
            changed.append(step)
        last, steps = now, step

    each_step(look)
    try:
        operate()
    finally:
        sys.settrace(None)
    return steps, changed


def state(store: Store) -> dict[str, str] | str:
    """What a reader sees: the text of every document, or the error."""
    try:
        snapshot = store.read()
    except UserError as error:
        return str(error)
    return texts(snapshot) if unmixed(snapshot) else "mixed"


def check(store: Store, operation: str, before, after) -> str:
    """What is wrong with a folder that a killed writer left; "" where nothing is."""
    seen = state(store)
    if seen not in (before, after):
        return f"reads {str(seen)[:200]}"
    if operation.startswith("rebuild") and seen == before:
        store.rebuild(anew, fake)
        seen = state(store)
    kept = seen if isinstance(seen, dict) else {}
    store.update([source("丁.txt", "下一篇。\n")], fake)
    expected = kept | {"丁.txt": "下一篇。\n"}
    if state(store) != expected:
        return f"the next update reads {str(state(store))[:200]}"
    files = content(store.folder)
    if len(files) != 4 + len(expected) or any(".new" in name for name in files):
        return f"left over: {sorted(files)}"
    beside = [p.name for p in store.folder.parent.iterdir() if p != store.folder and not p.name.startswith("索引.damaged-")]
    return f"left beside: {beside}" if beside else ""


def main(operation: str, folder: Path) -> None:
    prepare, operate = OPERATIONS[operation]
    start, work = folder / "始", folder / "行" / "索引"
    (prepare or (lambda store: store.folder.mkdir()))(Store(start))

    def round_(step: int) -> int:
        shutil.rmtree(work.parent, ignore_errors=True)
        shutil.copytree(start, work)
        child = os.fork()
        if not child:
            kill_at(step)
            operate(Store(work))
            os._exit(0)
        return os.waitpid(child, 0)[1]

    shutil.copytree(start, work)
    before = state(Store(work))
    steps, changed = changing_steps(work.parent, lambda: operate(Store(work)))
    after, wrong = state(Store(work)), []
    seen = {"before": 0, "after": 0}
    killed = sorted({*changed, *range(20, steps, 20)})
    for step in killed:
        if not os.WIFSIGNALED(round_(step)):
            raise SystemExit(f"step {step} of {steps} was not reached")
        seen["before" if state(Store(work)) == before else "after"] += 1
        if what := check(Store(work), operation, before, after):
            wrong.append([step, what])
    print(json.dumps({"steps": steps, "rounds": len(killed), **seen, "wrong": wrong}, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
