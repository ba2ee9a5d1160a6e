"""Shared by all tests: no network, the folders, and one index over a small report of our own."""
import os
from pathlib import Path

import pytest

os.environ.update(HF_HUB_OFFLINE="1", GRADIO_ANALYTICS_ENABLED="False")

ROOT = Path(__file__).resolve().parent.parent
ORIGINAL = ROOT.parent / "shared" / "article.txt"
REPORT = """# 临河新区三年成绩单

## 经济运行

3年来，临河新区新增市场主体4000多家；规模以上企业数从61家增至95家，同比增长55.7%。全区完成固定资产投资312亿元，增速连续两年排名全市第一。

## 城东街道:把好事办实

街道完成1200余套安置房分配，收缴房款3100余万元。2021年，城东街道建成社区食堂6个，新增绿化面积8万平方米。

## 审计办公室

审计办公室负责人李明远说，全年完成审计项目37项，推动整改问题420余项。3年来没有发生重大差错。

(本报记者 王晓舟)
"""


@pytest.fixture(scope="session")
def original() -> Path:
    """The original newspaper text; tests that want it skip without it."""
    if not ORIGINAL.exists():
        pytest.skip("the original is not beside the project")
    return ORIGINAL


@pytest.fixture(scope="session")
def report(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("report") / "新区 报道.md"
    path.write_text(REPORT, "utf-8")
    return path


@pytest.fixture(scope="session")
def index(report, tmp_path_factory) -> Path:
    """An index over REPORT by the embedded model."""
    from qa.assistant import ingest
    from qa.settings import Settings

    folder = tmp_path_factory.mktemp("索引 folder") / "index"
    ingest(Settings(index=folder), [report], (2022, 1))
    return folder


@pytest.fixture(scope="session")
def assistant(index):
    from qa.assistant import Assistant
    from qa.settings import Settings

    return Assistant.open(Settings(index=index))
