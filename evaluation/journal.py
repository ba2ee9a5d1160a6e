"""The records of a run on disk: each is written as it is done, so that an interrupted run can be resumed.

A folder that another index or model was evaluated into is not resumed: its answers are another program's.
"""
from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from evaluation.compare import RECORDS, load_records
from ingest.document import UserError

REPORT = "report.json"
SAME = ("model", "index", "language_model")  # settings that must be equal for answers to be taken over


class Journal:
    """The records of one run, in `out`; nowhere where that is None."""

    def __init__(self, out: Path | None):
        self.out = out

    def begin(self, settings: dict, resume: bool) -> dict[str, dict]:
        """Start the files anew; the records done before by key, where `resume` and there are any. Errors are done again.

        Raises UserError where the folder cannot be written or holds another index's run.
        """
        if self.out is None:
            if resume:
                raise UserError("--resume 要和 --out 一起用,才知道接着哪一次。")
            return {}
        done = {r["key"]: r for r in self.before(settings)} if resume else {}
        try:
            self.out.mkdir(parents=True, exist_ok=True)
            write(self.out / REPORT, json.dumps({"partial": True, "measures": {}, "settings": settings}, ensure_ascii=False, indent=1))
            if not done:
                write(self.out / RECORDS, "")
        except OSError as error:
            raise self.refused(error) from None
        return done

    def before(self, settings: dict) -> list[dict]:
        """The records of the run to resume, those that failed aside."""
        if not (self.out / RECORDS).exists():
            return []
        try:
            old = json.loads((self.out / REPORT).read_text("utf-8"))["settings"]
        except (OSError, ValueError, KeyError, TypeError):
            raise UserError(f"“{self.out}”里的 {REPORT} 读不了,不能接着跑;请去掉 --resume,或换一个 --out。") from None
        if any(old.get(name) != settings.get(name) for name in SAME):
            raise UserError(f"“{self.out}”是用另一个索引或模型评测的,不能接着跑;请去掉 --resume 重新评测,或换一个 --out。")
        mend(self.out / RECORDS)
        return [r for r in load_records(self.out / RECORDS) if "error" not in r.get("answer", r.get("result", {}))]

    def kept(self, records: Iterable[dict], known: Iterable[str]) -> Iterator[dict]:
        """The records, each written before it is handed on; those of `known` keys are in the file already."""
        known = set(known)
        for record in records:
            if self.out is not None and record["key"] not in known:
                try:
                    with open(self.out / RECORDS, "a", encoding="utf-8") as file:
                        file.write(json.dumps(record, ensure_ascii=False) + "\n")
                except OSError as error:
                    raise self.refused(error) from None
            yield record

    def end(self, files: dict[str, str]) -> None:
        """Write the finished files by name. Raises UserError where they cannot be."""
        if self.out is not None:
            try:
                for name, text in files.items():
                    write(self.out / name, text)
            except OSError as error:
                raise self.refused(error) from None

    def refused(self, error: OSError) -> UserError:
        return UserError(f"写不了评测结果“{self.out}”({error.strerror});请检查路径和权限。")


def write(path: Path, text: str) -> None:
    """A whole file or none: written aside, then renamed. Lone surrogates, which no UTF-8 holds, are written as ?."""
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(text, "utf-8", errors="replace")
    aside.replace(path)


def mend(records: Path) -> None:
    """Cut a last line that was not written to its end, as a killed process leaves it."""
    data = records.read_bytes()
    if data and not data.endswith(b"\n"):
        records.write_bytes(data[:data.rfind(b"\n") + 1])
