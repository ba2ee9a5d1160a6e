"""Two processes ingest at once, a third reads all the while: it sees an old state or a new one, never a mix or an error."""
from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from index.folder import Folder
from index.store import Store
from ingest.document import UserError
from tests.index.contend import text
from tests.index.fakes import content, fake, source, texts, unmixed

ROOT = Path(__file__).parents[2]
ROUNDS = 25


def start(*arguments) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "tests.index.contend", *map(str, arguments)], cwd=ROOT, env=os.environ | {"OMP_NUM_THREADS": "1"},
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_writers_and_a_reader(tmp_path):
    folder, stop = tmp_path / "索引", tmp_path / "完"
    Store(folder).update([source("底.txt", text("底.txt", 0))], fake)
    reader = start("read", folder, stop)
    writers = [start("write", name, folder, ROUNDS) for name in ("甲.txt", "乙.txt")]
    try:
        for writer in writers:
            _, errors = writer.communicate(timeout=60)
            assert writer.returncode == 0, errors
        stop.touch()
        out, errors = reader.communicate(timeout=60)
        assert reader.returncode == 0, errors
    finally:
        for process in (reader, *writers):
            process.kill()
    report = json.loads(out)
    assert (report["mixed"], report["backwards"], report["wrong"]) == (0, 0, [])
    assert report["last"] == {"底.txt": 0, "甲.txt": ROUNDS, "乙.txt": ROUNDS}
    assert report["reads"] >= 5 and report["versions"] >= 3
    snapshot = Store(folder).read()
    assert texts(snapshot) == {"底.txt": text("底.txt", 0), "甲.txt": text("甲.txt", ROUNDS), "乙.txt": text("乙.txt", ROUNDS)} and unmixed(snapshot)
    assert len(content(folder)) == 4 + 3


def test_two_first_writers_at_once(tmp_path):
    """Neither sees an index when it starts; the second must not publish over the first."""
    folder = tmp_path / "索引"
    threads = [threading.Thread(target=Store(folder).update, args=([source(f"{i}.txt", f"第{i}篇。\n")], fake)) for i in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts(Store(folder).read()) == {f"{i}.txt": f"第{i}篇。\n" for i in range(6)} and unmixed(Store(folder).read())


def test_a_killed_writer_holds_no_lock(tmp_path):
    code = "import sys, time; from pathlib import Path; from index.folder import Folder\nwith Folder(Path(sys.argv[1])).writing(): print(1, flush=True); time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", code, tmp_path / "索引"], cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert process.stdout.readline() == b"1\n"
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    assert texts(Store(tmp_path / "索引").update([source("a.txt", "第一篇。\n")], fake)) == {"a.txt": "第一篇。\n"}


def test_waiting_has_an_end(tmp_path, monkeypatch):
    monkeypatch.setattr("index.folder.WAIT", 0.1)
    with Folder(tmp_path).writing(), pytest.raises(UserError, match="一直被另一个进程占用"):
        Store(tmp_path).update([source("a.txt", "第一篇。\n")], fake)


def test_state_that_comes_back_while_it_is_read(tmp_path):
    """A reader holds state 1; 2 is published, and 1 again: the file that it misses is back under the same manifest."""
    store = Store(tmp_path / "索引")
    store.update([source("a.txt", "甲。\n")], fake)
    first = store.manifest()
    interrupted = []

    class Interrupted(Folder):
        def part(self, entry):
            if not interrupted:
                interrupted.append(entry["name"])
                store.update([source("a.txt", "乙。\n")], fake)
                try:
                    return super().part(entry)
                finally:
                    store.update([source("a.txt", "甲。\n")], fake)
            return super().part(entry)

    reader = Store(store.folder)
    reader.files = Interrupted(store.folder)
    assert texts(reader.read()) == {"a.txt": "甲。\n"} and store.manifest() == first and interrupted
