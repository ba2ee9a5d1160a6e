"""The manifest of an index folder ↔ its bytes, which end with the SHA-256 of all else in them.

It holds `format`, what the publisher tells of it, `documents` (with the `sha256` of each one's source) and `files`
(part → name, `sha256`, bytes). Files are named by part and content; the manifest has a copy that is so named too.
"""
from __future__ import annotations

import hashlib
import json
import re

FORMAT = 2
MANIFEST = "manifest.json"
PART = re.compile(r"(manifest|documents|dense|ledger)-[0-9a-f]{16}\.(json|jsonl|faiss|npy)")
SOURCE = re.compile(r"[0-9a-f]{64}")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def signed(manifest: dict) -> bytes:
    """A manifest as its bytes.

    >>> signed(json.loads(signed({"format": 2}))) == signed({"format": 2})
    True
    """
    body = {key: value for key, value in manifest.items() if key != "sha256"}
    return json.dumps(body | {"sha256": sha256(json.dumps(body, ensure_ascii=False).encode("utf-8"))}, ensure_ascii=False, indent=1).encode("utf-8")


def copy_name(manifest: bytes) -> str:
    """The name of a manifest's copy."""
    return f"manifest-{sha256(manifest)[:16]}.json"


def opened(data: bytes) -> dict:
    """Bytes → manifest, checked to the byte. Raises ValueError, in Chinese words that follow a file's name."""
    try:
        manifest = json.loads(data)
    except (ValueError, RecursionError):
        raise ValueError("读不懂") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise ValueError("不是本版本的格式")
    try:
        if signed(manifest) == data and all(PART.fullmatch(entry["name"]) and entry["sha256"] for entry in manifest["files"].values()):
            return manifest
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise ValueError("已损坏(校验和不符)")


def told(data: bytes) -> dict | None:
    """What unchecked bytes, or those of another version, tell of the documents: a manifest with some, or None."""
    try:
        manifest = json.loads(data)
        sound = manifest["documents"] and all(isinstance(e["name"], str) and SOURCE.fullmatch(e["sha256"]) for e in manifest["documents"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return manifest if sound else None
