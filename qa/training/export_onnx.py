"""Trained weights → one int8 ONNX file that onnxruntime reads on a CPU.

    python -m qa.training.export_onnx --work DIR --data ../shared/reading --out data/models
    python -m qa.training.export_onnx --work DIR --judged data/judged.jsonl --out data/models

In: `weights.npz` and `pieces.json` of `train_reader` or `train_verifier`, and training rows to see how large activations get. Out: `reader.onnx` and
`reader.json` (the pieces), or `verifier.onnx`, which reads the same pieces.
Graph: ids, kinds int64 [B, T] → start, end float [B, T, PLACES], answerable float [B, 1] (a logit); of the verifier answerable float [B, 3] alone. Weights int8 by column,
embeddings int8 by row, activations quantized as they come, the feed-forward ones after levelling their channels (a few
reach 40 where most stay under 1: without it the span logits move by 0.29, with it by 0.10); heads stay float32.
"""
import argparse
import os
import random
import shutil

import numpy as np

from qa.pieces import PAD, PLACES, Pieces, batch
from .judged import rows as judged_rows
from .reports import made_up
from .samples import Reading

EXTRA = "com.microsoft"
LONGEST_ROW = 336                # tokens; `Pieces.pair` makes none longer than 320


def by_column(w):
    """[in, out] → (int8, scale per column).

    >>> q, s = by_column(np.array([[1.0, -2.0], [0.5, 4.0]], np.float32)); q.tolist()
    [[127, -64], [64, 127]]
    """
    scale = np.maximum(np.abs(w).max(0), 1e-8) / 127
    return np.round(w / scale).astype(np.int8), scale.astype(np.float32)


def ranges(arrays, pieces, rows):
    """{"l3.f1": the largest absolute input of each channel, …} over the rows, seen in the torch module."""
    import torch
    from .network import Network
    network, seen = Network(arrays, verdicts=0 if "head.w" in arrays else len(arrays["ans2.b"])).eval(), {}

    def look(name):
        def hook(_, inputs):
            most = inputs[0].abs().flatten(0, -2).amax(0)
            seen[name] = torch.maximum(seen.get(name, most), most)
        return hook

    for i, layer in enumerate(network.layers):
        for part in ("f1", "f2"):
            getattr(layer, part).register_forward_pre_hook(look(f"l{i}.{part}"))
    with torch.no_grad():
        for at in range(0, len(rows), 8):
            network(*map(torch.from_numpy, batch([pieces.pair(r.question, r.window) for r in rows[at:at + 8]])))
    return {k: v.numpy() for k, v in seen.items()}


def level(w, most, power=0.75):
    """What each input channel is divided by before, and its weights multiplied by (SmoothQuant); geometric mean 1.

    >>> level(np.ones((2, 2), np.float32), np.array([16.0, 1.0], np.float32), 0.5).tolist()
    [2.0, 0.5]
    """
    by = np.maximum(most, 1e-3) ** power / np.maximum(np.abs(w).max(1), 1e-4) ** (1 - power)
    return by / np.exp(np.log(by).mean())


class Graph:
    """Collects nodes and constants; every method returns the name of its output."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, name, value):
        from onnx import numpy_helper
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, op, inputs, outputs, domain="", **attributes):
        from onnx import helper
        outputs = [outputs] if isinstance(outputs, str) else outputs
        self.nodes.append(helper.make_node(op, inputs, outputs, name=op + "_" + outputs[0], domain=domain, **attributes))
        return outputs[0]

    def linear(self, x, arrays, name, out, int8=True, most=None):
        w, bias = arrays[name + ".w"], self.constant(out + ".bias", arrays[name + ".b"])
        if not int8:
            return self.node("Add", [self.node("MatMul", [x, self.constant(out + ".w", w)], out + ".product"), bias], out)
        if most is not None:
            by = level(w, most)
            x, w = self.node("Mul", [x, self.constant(out + ".level", (1 / by).astype(np.float32))], out + ".levelled"), w * by[:, None]
        q, scale = by_column(w)
        return self.node("DynamicQuantizeMatMul", [x, self.constant(out + ".w", q), self.constant(out + ".scale", scale),
                                                   self.constant(out + ".zero", np.zeros(len(scale), np.int8)), bias], out, EXTRA)

    def skip_norm(self, x, y, arrays, name, out):
        return self.node("SkipLayerNormalization", [x, y, self.constant(out + ".w", arrays[name + ".w"]), self.constant(out + ".b", arrays[name + ".b"])],
                         out, EXTRA, epsilon=1e-12)


def build(arrays, path, heads=12, int8=True, most=None):
    """Writes the graph for the arrays of `Network.arrays`; `most` from `ranges` levels the channels it names."""
    import onnx
    from onnx import TensorProto as T, helper
    g, most = Graph(), most or {}
    scale = np.maximum(np.abs(arrays["word"]).max(1, keepdims=True), 1e-8) / 127
    g.constant("word", np.round(arrays["word"] / scale).astype(np.int8))
    g.constant("word.scale", scale.astype(np.float32))
    words = g.node("Cast", [g.node("Gather", ["word", "ids"], "word.int8")], "word.float", to=T.FLOAT)
    words = g.node("Mul", [words, g.node("Gather", ["word.scale", "ids"], "word.scales")], "words")
    kinds = g.node("Gather", [g.constant("kind", arrays["kind"]), "kinds"], "kind.rows")
    length = g.node("Shape", ["ids"], "length", start=1, end=2)
    pos = g.node("Slice", [g.constant("pos", arrays["pos"][:LONGEST_ROW]), g.constant("zero", np.array([0], np.int64)), length], "pos.rows")
    x = g.node("Add", [g.node("Add", [words, kinds], "words.kinds"), pos], "embedded")
    x = g.node("LayerNormalization", [x, g.constant("eln.w", arrays["eln.w"]), g.constant("eln.b", arrays["eln.b"])], "x", axis=-1, epsilon=1e-12)
    padded = g.node("Equal", ["ids", g.constant("pad", np.array(PAD, np.int64))], "padded")
    mask = g.node("Cast", [g.node("Not", [padded], "kept")], "mask", to=T.INT32)
    layers = 1 + max(int(k[1:k.index(".")]) for k in arrays if k[0] == "l" and k[1].isdigit())
    for i in range(layers):
        p = f"l{i}."
        qkv = g.linear(x, arrays, p + "qkv", p + "qkv", int8)
        g.node("Split", [qkv], [p + "q", p + "k", p + "v"], axis=-1, num_outputs=3)
        a = g.node("MultiHeadAttention", [p + "q", p + "k", p + "v", "", mask], p + "attention", EXTRA, num_heads=heads)
        x = g.skip_norm(x, g.linear(a, arrays, p + "o", p + "o", int8), arrays, p + "n1", p + "x1")
        f = g.node("Gelu", [g.linear(x, arrays, p + "f1", p + "f1", int8, most.get(p + "f1"))], p + "gelu", EXTRA)
        x = g.skip_norm(x, g.linear(f, arrays, p + "f2", p + "f2", int8, most.get(p + "f2")), arrays, p + "n2", p + "x2")
    info, out = helper.make_tensor_value_info, []
    if "head.w" in arrays:
        g.node("Split", [g.linear(x, arrays, "head", "edges", False)], ["start", "end"], axis=-1, num_outputs=2)
        out = [info("start", T.FLOAT, ["B", "T", PLACES]), info("end", T.FLOAT, ["B", "T", PLACES])]
    first = g.node("Gather", [x, g.constant("first", np.array(0, np.int64))], "first.token", axis=1)
    g.linear(g.node("Tanh", [g.linear(first, arrays, "ans1", "ans1", False)], "ans1.tanh"), arrays, "ans2", "answerable", False)
    out.append(info("answerable", T.FLOAT, ["B", len(arrays["ans2.b"])]))
    graph = helper.make_graph(g.nodes, "reader", [info("ids", T.INT64, ["B", "T"]), info("kinds", T.INT64, ["B", "T"])], out, g.constants)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(EXTRA, 1)], ir_version=9), path)


def main(argv=None):
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--work", required=True)
    p.add_argument("--data", help="the reading data: a reader is written")
    p.add_argument("--judged", metavar="FILE", help="judged claims: a verifier is written")
    p.add_argument("--out", required=True)
    p.add_argument("--float32", action="store_true", help="no quantization, to see what int8 costs")
    a = p.parse_args(argv)
    os.makedirs(a.out, exist_ok=True)
    path = os.path.join(a.out, "verifier.onnx" if a.judged else "reader.onnx")
    arrays = dict(np.load(os.path.join(a.work, "weights.npz")))
    pieces, rng = Pieces.load(os.path.join(a.work, "pieces.json")), random.Random(3)
    if a.judged:
        rows = rng.sample(judged_rows(a.judged), 100)
    else:
        reading = Reading(a.data)
        rows = [reading.positive(rng, q) for q in rng.sample([q for q in reading.questions if q.split == "cmrc2018-train"], 80)]
        rows = [r for r in rows if r] + made_up(rng, 20)
        shutil.copy(os.path.join(a.work, "pieces.json"), os.path.join(a.out, "reader.json"))
    build(arrays, path + ".new", int8=not a.float32, most=ranges(arrays, pieces, rows))
    os.replace(path + ".new", path)
    total = sum(os.path.getsize(os.path.join(a.out, f)) for f in os.listdir(a.out))
    print(f"{path}: {os.path.getsize(path) / 1e6:.1f} MB, folder {total / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
