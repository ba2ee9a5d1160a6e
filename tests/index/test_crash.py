"""SIGKILL in every state that the disk goes through: each document is there as before or as after, and the next writer goes on."""
from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder():
    """In memory where there is such a place: a killed process loses nothing that the system has taken, so the disk itself plays no part."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as name:
        yield name


@pytest.mark.parametrize("operation, rounds", [("first", 25), ("replace", 25), ("remove", 20), ("rebuild", 15), ("rebuild lost", 15)])
def test_killed_at_every_step(folder, operation, rounds):
    run = subprocess.run([sys.executable, "-m", "tests.index.crash", operation, folder], cwd=ROOT, env=os.environ | {"OMP_NUM_THREADS": "1"},
                         capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    report = json.loads(run.stdout)
    assert report["wrong"] == []
    assert report["rounds"] == report["before"] + report["after"] >= rounds and report["before"] >= 5 and report["after"] >= 2
