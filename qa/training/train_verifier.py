"""Trains the verifier on judged claims, from the shipped reader's weights; seeded.

    python -m qa.training.train_verifier --work DIR [--judged data/judged.jsonl] [--written data/written.jsonl] [--start data/models] [--weights FILE] [--rows 70000]

Out, in DIR: `weights.npz` (averaged weights, what `export_onnx` takes), `pieces.json`, `log.txt`. Every 25 minutes the rows of the
reports of the split "tune", which are not trained on, are measured. Needs torch and onnx.
"""
import argparse
import json
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

from qa.pieces import Pieces, batch
from . import base_weights
from .judged import VERDICTS, rows
from .measure import auc
from .network import Network
from .train_reader import batches, shared, work

LONGEST = 288  # tokens, as `qa.verifier` cuts


def judge(network, some, pieces):
    """Logits [B, 3] of rows."""
    ids, kinds = map(torch.from_numpy, batch([pieces.pair(r.question, r.window, LONGEST) for r in some]))
    with torch.autocast("cpu", torch.bfloat16):
        return network(ids, kinds)


def loss_of(network, some, pieces):
    """Cross-entropy of the verdicts, that again, and how many are right."""
    labels = torch.tensor([r.label for r in some])
    logits = judge(network, some, pieces)
    loss = F.cross_entropy(logits, labels, label_smoothing=0.05)
    return loss, loss.item(), (logits.argmax(1) == labels).float().mean().item()


def measured(network, held, pieces):
    """How well "supported" is told from the rest: AUC, and the share of true rows above all but 2, 5 and 10% of the wrong ones."""
    network.eval()
    with torch.no_grad():
        logits = torch.cat([judge(network, held[at:at + 32], pieces) for at in range(0, len(held), 32)]).numpy()
    network.train()
    score, true = logits[:, 0] - np.logaddexp(logits[:, 1], logits[:, 2]), np.array([r.label for r in held]) == 0
    wrong = np.sort(score[~true])[::-1]
    return {"rows": len(held), "auc": round(auc(score[true], score[~true]), 4)} | {f"true at {share}": round(float((score[true] > wrong[int(share * len(wrong))]).mean()), 3) for share in (0.02, 0.05, 0.1)}


def main(argv=None):
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--work", required=True)
    p.add_argument("--judged", default="data/judged.jsonl")
    p.add_argument("--written", default="data/written.jsonl")
    p.add_argument("--start", metavar="FOLDER", default="data/models", help="a folder with a reader to begin from")
    p.add_argument("--weights", metavar="FILE", help="the weights.npz of an earlier run, to go on from in place of the reader's")
    p.add_argument("--rows", type=int, default=70000, help="rows to read in all; the learning rate follows it")
    p.add_argument("--frozen", type=int, default=2, help="the embeddings and so many lower layers stay as they are")
    p.add_argument("--lr", type=float, default=1.1e-4)
    p.add_argument("--tokens", type=int, default=1600, help="about so many tokens a step")
    p.add_argument("--decay", type=float, default=0.75, help="the last part of the rows, over which the rate falls to nothing")
    p.add_argument("--average", type=float, default=0.997)
    p.add_argument("--workers", type=int, default=2, help="processes of one thread each; with one the run is repeatable to the bit")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args(argv)
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    os.makedirs(a.work, exist_ok=True)
    pieces = Pieces.load(os.path.join(a.start, "reader.json"))
    pieces.save(os.path.join(a.work, "pieces.json"))
    train, held = rows(a.judged, a.written), rows(a.judged, a.written, "tune")
    network = Network(dict(np.load(a.weights)) if a.weights else base_weights.shipped(os.path.join(a.start, "reader.onnx")), verdicts=len(VERDICTS))
    network.freeze(a.frozen)
    average = Network(network.arrays(), verdicts=len(VERDICTS)).share_memory()
    optimizer, context = shared(network, a), torch.multiprocessing.get_context("fork")
    state, sums, lock = torch.zeros(6, dtype=torch.float64).share_memory_(), torch.zeros(4, dtype=torch.float64).share_memory_(), context.Lock()
    log = open(os.path.join(a.work, "log.txt"), "a", encoding="utf-8")

    def say(text):
        print(time.strftime("%H:%M:%S ") + text, file=log, flush=True)

    def keep():
        np.savez(os.path.join(a.work, "weights.npz"), **average.arrays())
        say(f"rows {int(state[2])} loss {sums[0] / max(1, sums[2]):.3f} right {sums[1] / max(1, sums[2]):.3f} " + json.dumps(measured(average, held, pieces)))
        sums.zero_()

    if not held:
        raise SystemExit("no row to measure on: give a report the split tune")
    say(f"rows {len(train)}, held {len(held)}, arguments {vars(a)}")
    kept = time.time()
    while state[2] < a.rows:
        rng = random.Random(a.seed * 1000 + int(state[0]))
        todo = batches(rng.sample(train, len(train)), rng, a.tokens)
        network.train()
        crew = [context.Process(target=work, args=(n, a, todo, network, average, optimizer, pieces, lock, state, sums, loss_of)) for n in range(a.workers)]
        for one in crew:
            one.start()
        while any(one.is_alive() for one in crew):
            time.sleep(1)
            if time.time() - kept > 1500:
                with lock:
                    keep()
                kept = time.time()
        if any(one.exitcode for one in crew):
            raise SystemExit("a worker failed")
        state[0] += 1
        state[1] = 0
    keep()


if __name__ == "__main__":
    main()
