"""`python app.py` with its options of serving, as a process of its own, and the refusals that come before anything is loaded."""
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

import app
from tests.conftest import ROOT
from tests.web.serving import basic, free_port


def test_accounts_tools_and_a_clean_end(index, tmp_path):
    (tmp_path / "账号.txt").write_text("wang:秘 密\n", "utf-8")
    (tmp_path / "账号.txt").chmod(0o600)
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "app.py", "--index", index, "--port", str(free_port()), "--auth-file", tmp_path / "账号.txt", "--mcp"]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"TMPDIR": str(tmp_path / "tmp")}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        address = server.stdout.readline().partition("：")[2].partition("（")[0]
        assert server.stdout.readline() == f"MCP 工具：{address}/gradio_api/mcp\n"
        ping = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        with httpx.Client(base_url=address, trust_env=False, headers={"Accept": "application/json, text/event-stream"}) as client:
            assert [client.get("/").status_code, client.post("/gradio_api/mcp", json=ping).status_code] == [401, 401]
            client.headers.update(basic("wang", "秘 密"))
            assert client.get("/").status_code == 200
            assert [tool["name"] for tool in client.post("/gradio_api/mcp", json=ping).json()["result"]["tools"]] == ["ask", "search", "check"]
            assert client.post("/gradio_api/upload", files={"files": ("a.txt", b"a")}).json()[0].startswith(str(tmp_path / "tmp"))
        server.send_signal(signal.SIGTERM)
        out, _ = server.communicate(timeout=20)
        assert (server.returncode, out) == (0, "")
        assert [path for path in (tmp_path / "tmp").rglob("*") if path.name == "a.txt"] == []
    finally:
        server.kill()
        server.wait()


@pytest.mark.parametrize("text, says", [("wang\n", "第 1 行"), (None, "没有.txt")])
def test_a_bad_file_of_accounts_is_told_before_anything_is_loaded(capsys, tmp_path, text, says):
    path = tmp_path / "没有.txt"
    if text is not None:
        path.write_text(text, "utf-8")
    status = app.main(["--index", str(tmp_path / "absent"), "--auth-file", str(path)])
    out, err = capsys.readouterr()
    assert (status, out, err.count("\n")) == (2, "", 1) and says in err and Path(path).name in err
