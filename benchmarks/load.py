"""Many askers at once against a running server, over HTTP: does each get what one asker alone gets, and how fast?

    python -m benchmarks.load http://127.0.0.1:7860 [--askers 50] [--seconds 60] [--questions data/qa.jsonl] [--auth name:password]

One asker goes first, through every question at least once; then all at once, each from another question on. A reply that
differs from the one asker's in anything but its times is wrong. Prints requests a second and the 50th and 95th percentile
of the seconds a question takes, for one asker and for all; the exit status is 1 where a request failed or a reply was wrong.
"""
from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

import httpx

from qa.settings import ROOT

QUESTIONS = 40


@dataclass
class Tally:
    """What one round of askers saw. seconds: of each request; faults: one line for each that failed or was wrong."""

    askers: int
    wall: float = 0.0
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        if not self.seconds:
            return f"同时 {self.askers} 人：没有一问答成，出错 {len(self.faults)}"
        return (f"同时 {self.askers} 人：{len(self.seconds)} 问，每秒 {len(self.seconds) / self.wall:.1f} 问，p50 {quantile(self.seconds, .5):.2f} 秒，"
                f"p95 {quantile(self.seconds, .95):.2f} 秒，出错 {len(self.faults)}")


def quantile(values: Sequence[float], share: float) -> float:
    """The least of `values` that `share` of them do not exceed.

    >>> quantile([4, 1, 3, 2], .5), quantile([4, 1, 3, 2], .95), quantile([7], .5)
    (2, 4, 7)
    """
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


async def ask(client: httpx.AsyncClient, question: str) -> dict:
    """The reply of /ask to one question, its times aside. Raises httpx.HTTPError, ValueError for a reply that is none."""
    joined = await client.post("/gradio_api/call/ask", json={"data": [question, ""]})
    joined.raise_for_status()
    told = await client.get(f"/gradio_api/call/ask/{joined.json()['event_id']}")
    told.raise_for_status()
    event = [line for line in told.text.splitlines() if line.startswith(("event:", "data:"))][-2:]
    if len(event) != 2 or event[0] != "event: complete":
        raise ValueError(" ".join(event)[:200])
    return json.loads(event[1].removeprefix("data:"))[0] | {"seconds": None}


async def asker(client: httpx.AsyncClient, questions: Sequence[str], start: int, until: float, least: int, known: dict[str, dict], tally: Tally) -> None:
    """Asks on and on from question `start` until the clock shows `until`, at least `least` questions; `known` learns what it does not hold."""
    for done, question in enumerate(islice(cycle(questions), start, None)):
        if done >= least and time.perf_counter() >= until:
            return
        began = time.perf_counter()
        try:
            reply = await ask(client, question)
        except (httpx.HTTPError, ValueError, KeyError) as error:
            tally.faults.append(f"{question}：{type(error).__name__} {error}")
            continue
        tally.seconds.append(time.perf_counter() - began)
        if known.setdefault(question, reply) != reply:
            tally.faults.append(f"{question}：得到“{reply['answer']}”，一人问时是“{known[question]['answer']}”")


async def measure(address: str, questions: Sequence[str], askers: int, seconds: float, auth: tuple[str, str] | None = None) -> tuple[Tally, Tally]:
    """The tallies of one asker and of `askers` at once, each round of `seconds`."""
    limits = httpx.Limits(max_connections=askers, max_keepalive_connections=askers)
    known: dict[str, dict] = {}
    tallies = []
    async with httpx.AsyncClient(base_url=address, auth=auth, limits=limits, timeout=120, trust_env=False) as client:
        for count, least in ((1, len(questions)), (askers, 1)):
            tally, began = Tally(count), time.perf_counter()
            await asyncio.gather(*[asker(client, questions, i, began + seconds, least, known, tally) for i in range(count)])
            tally.wall = time.perf_counter() - began
            tallies.append(tally)
    return tallies[0], tallies[1]


def questions_of(path: Path) -> list[str]:
    """The first QUESTIONS single questions of a pairs file."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return list(dict.fromkeys(row["question"] for row in rows if "question" in row))[:QUESTIONS]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address")
    parser.add_argument("--askers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--questions", type=Path, default=ROOT / "data" / "qa.jsonl")
    parser.add_argument("--auth", type=lambda text: tuple(text.split(":", 1)))
    options = parser.parse_args()
    tallies = asyncio.run(measure(options.address, questions_of(options.questions), options.askers, options.seconds, options.auth))
    for tally in tallies:
        print(tally)
        for fault in tally.faults[:10]:
            print(f"  {fault}", file=sys.stderr)
    return int(any(tally.faults for tally in tallies))


if __name__ == "__main__":
    sys.exit(main())
