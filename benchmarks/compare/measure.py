"""One contender in a process of its own, so that its start-up and memory are its alone: `python -m benchmarks.compare.measure NAME FILE PAIRS SPLIT LIMIT` → one JSON object."""
from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from pathlib import Path

BEGUN = time.perf_counter()


def main(name: str, file: str, pairs_file: str, split: str, limit: int) -> dict:
    """success@1/5: a passage holds 60% of a snippet; verbatim: the share of passages that read in the file as returned, white space aside; times in ms."""
    from benchmarks.compare.contenders import CONTENDERS
    from evaluation.measures import COVER, covered
    from evaluation.pairs import load_pairs
    from index.embed import Embedder
    from ingest.load import load

    pairs = [p for p in load_pairs(Path(pairs_file))[0] if p.answerable and not p.history and split in ("", p.split)][:limit or None]
    embedder = Embedder.load()
    contender = CONTENDERS[name](embedder)
    embedder.query("预热")
    started = time.perf_counter()
    passages = contender.ingest(Path(file))
    ingested = time.perf_counter()
    contender.search(pairs[0].question, 5)
    ready = time.perf_counter()
    raw, times, found = "".join(load(Path(file))[1].split()), [], []
    for pair in pairs:
        at = time.perf_counter()
        texts = contender.search(pair.question, 5)
        times.append(1000 * (time.perf_counter() - at))
        found.append((texts, [any(covered(text, snippet) >= COVER for snippet in pair.evidence) for text in texts]))
    returned = [text for texts, _ in found for text in texts]
    return {"name": name, "model": embedder.model, "questions": len(pairs), "passages": passages,
            "success@1": sum(any(hits[:1]) for _, hits in found) / len(found), "success@5": sum(any(hits) for _, hits in found) / len(found),
            "verbatim": sum("".join(text.split()) in raw for text in returned) / len(returned) if returned else None,
            "characters": statistics.mean(map(len, returned)) if returned else None,
            "ms_question": statistics.median(times), "ms_passage": 1000 * (ingested - started) / passages, "ms_ingest": 1000 * (ingested - started),
            "start_s": started - BEGUN + ready - ingested, "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:5], int(sys.argv[5])), ensure_ascii=False))
