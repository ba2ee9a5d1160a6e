"""The reader as a torch module: a BERT encoder, span heads with places, an answerable head; the verifier: the same with verdicts for heads.

In: ids, kinds int64 [B, T] (see `pieces.batch`). Out, of the reader: start, end float [B, T, PLACES] (place k of `start` counts from the
first character of the token, of `end` back from its last; token 0, place 0 means "no answer") and answerable [B]; of the verifier: a
logit for each verdict, [B, verdicts].
"""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from qa.pieces import PAD, PLACES


class Layer(nn.Module):
    """One post-norm BERT layer with a joint query/key/value projection."""

    def __init__(self, width, heads, inner):
        super().__init__()
        self.heads = heads
        self.qkv, self.o = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.f1, self.f2 = nn.Linear(width, inner), nn.Linear(inner, width)
        self.n1, self.n2 = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)

    def forward(self, x, mask, drop):
        b, t, width = x.shape
        each = width // self.heads
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, each).permute(2, 0, 3, 1, 4).reshape(3, b * self.heads, t, each)
        a = torch.bmm(q * each ** -0.5, k.transpose(1, 2)).view(b, self.heads, t, t) + mask     # 4 times faster than the fused call on a CPU
        a = torch.bmm(a.softmax(-1).view(b * self.heads, t, t), v).view(b, self.heads, t, each).transpose(1, 2).reshape(b, t, width)
        x = self.n1(x + F.dropout(self.o(a), drop, self.training))
        return self.n2(x + F.dropout(self.f2(F.gelu(self.f1(x))), drop, self.training))


class Network(nn.Module):
    """Built from the arrays of `base_weights.arrays`, or from those of `arrays()` of a trained one; a verifier where it has verdicts."""

    def __init__(self, arrays, layers=None, heads=12, drop=0.1, verdicts=0):
        super().__init__()
        have = 1 + max(int(k.split(".")[0][1:]) for k in arrays if k[0] == "l" and k[1].isdigit())
        picked = list(range(have)) if layers is None else [round(i * (have - 1) / (layers - 1)) for i in range(layers)]
        width, inner = arrays["l0.f1.w"].shape
        self.drop = drop
        self.word = nn.Embedding(len(arrays["word"]), width)
        self.pos = nn.Embedding(len(arrays["pos"]), width)
        self.kind = nn.Embedding(4, width)
        self.norm = nn.LayerNorm(width, 1e-12)
        self.layers = nn.ModuleList(Layer(width, heads, inner) for _ in picked)
        self.ans1, self.ans2 = nn.Linear(width, width), nn.Linear(width, verdicts or 1)
        self.heads = ("ans1", "ans2") if verdicts else ("head", "ans1", "ans2")
        if not verdicts:
            self.head = nn.Linear(width, 2 * PLACES)
            nn.init.normal_(self.head.weight, std=0.02)
        self._load(arrays, picked)

    def _places(self, picked):
        """array name → (parameter, transposed?)"""
        out = {"word": (self.word.weight, 0), "pos": (self.pos.weight, 0), "kind": (self.kind.weight, 0),
               "eln.w": (self.norm.weight, 0), "eln.b": (self.norm.bias, 0)}
        for name in self.heads:
            out[name + ".w"], out[name + ".b"] = (getattr(self, name).weight, 1), (getattr(self, name).bias, 0)
        for j, i in enumerate(picked):
            for name in ("qkv", "o", "f1", "f2", "n1", "n2"):
                part = getattr(self.layers[j], name)
                out[f"l{i}.{name}.w"], out[f"l{i}.{name}.b"] = (part.weight, name[0] != "n"), (part.bias, 0)
        return out

    def _load(self, arrays, picked):
        with torch.no_grad():
            for name, (p, turned) in self._places(picked).items():
                if name in arrays and arrays[name].size == p.numel():
                    a = torch.from_numpy(np.array(arrays[name], np.float32))
                    p.copy_(a.T if turned else a)

    def freeze(self, layers):
        """Leaves the embeddings and the lowest `layers` as they are; 0 freezes nothing."""
        for part in (self.word, self.pos, self.kind, self.norm, *self.layers[:layers]) if layers else ():
            part.requires_grad_(False)

    def arrays(self):
        """All weights as float32 arrays, layers numbered from 0; what `export_onnx.build` takes."""
        return {k: np.ascontiguousarray((p.T if turned else p).detach().float().numpy())
                for k, (p, turned) in self._places(range(len(self.layers))).items()}

    def encode(self, ids, kinds):
        mask = torch.zeros(ids.shape, dtype=torch.float32).masked_fill_(ids == PAD, -1e4)[:, None, None, :]
        x = self.word(ids) + self.kind(kinds) + self.pos.weight[:ids.shape[1]]
        x = F.dropout(self.norm(x), self.drop, self.training)
        if torch.is_autocast_enabled("cpu"):
            x, mask = x.bfloat16(), mask.bfloat16()
        for layer in self.layers:
            x = layer(x, mask, self.drop)
        return x

    def forward(self, ids, kinds):
        x = self.encode(ids, kinds)
        judged = self.ans2(torch.tanh(self.ans1(x[:, 0]))).float()
        if "head" not in self.heads:
            return judged
        start, end = self.head(x).float().split(PLACES, -1)
        return start, end, judged[:, 0]
