"""An index to begin with."""
from __future__ import annotations

import pytest

from index.store import Store
from tests.index.fakes import A, B, fake, source


@pytest.fixture
def store(tmp_path):
    """An index of 甲 and 乙, in a folder with a Chinese name and a space."""
    store = Store(tmp_path / "报道 索引" / "一")
    store.update([source("甲 报道.txt", A, (2022, 1)), source("乙.md", B)], fake)
    return store
