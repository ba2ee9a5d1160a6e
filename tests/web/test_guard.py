"""A real server over HTTP: what another site may send it, what is too large, which files it hands out."""
from __future__ import annotations

from collections.abc import Iterator

import pytest

from ingest.load import MAX_BYTES
from tests.web.serving import QUESTION
from web.guard import MAX_BODY, MAX_UPLOAD


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site", "Origin": "http://127.0.0.1:1"}])
def test_another_site_can_neither_send_nor_read(open_to_all, headers):
    for path in ("/gradio_api/call/ask", "/gradio_api/upload", "/gradio_api/queue/join", "/gradio_api/mcp"):
        assert open_to_all.send("POST", path, headers=headers, content=b"{}").status_code == 403
    if "Origin" in headers:
        assert open_to_all.get("/config", headers=headers).status_code == 403


def test_a_link_from_another_site_and_a_call_from_the_page_itself(open_to_all):
    assert open_to_all.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
    for headers in ({"Origin": open_to_all.address}, {"Origin": "https://news.example", "Sec-Fetch-Site": "same-origin"}):
        assert open_to_all.send("POST", "/gradio_api/call/ask", headers=headers, json={"data": [QUESTION, ""]}).status_code == 200


def test_too_large_a_file_is_refused_and_not_kept(open_to_all, uploads):
    before = {path for path in uploads.rglob("*") if path.is_file()}
    response = open_to_all.send("POST", "/gradio_api/upload", files={"files": ("大.txt", b"a" * (MAX_BYTES + 1))})
    assert (response.status_code, response.text) == (413, "文件太大：每个不超过 20 MB，一次不超过 100 MB；请拆成较小的文件。")
    assert open_to_all.send("POST", "/gradio_api/upload", files={"files": ("正好.txt", b"a" * MAX_BYTES)}).status_code == 200
    after = {path for path in uploads.rglob("*") if path.is_file()} - before
    assert [path.stat().st_size for path in after] == [MAX_BYTES]


def chunks(size: int) -> Iterator[bytes]:
    for _ in range(0, size, 2**20):
        yield b"a" * 2**20


@pytest.mark.parametrize("path, most", [("/gradio_api/upload", MAX_UPLOAD), ("/gradio_api/call/ask", MAX_BODY), ("/gradio_api/mcp", MAX_BODY)])
def test_too_large_a_body_is_refused_whether_it_tells_its_size_or_not(open_to_all, path, most):
    headers = {"Content-Type": "multipart/form-data; boundary=x" if path == "/gradio_api/upload" else "application/json"}
    told = open_to_all.send("POST", path, content=chunks(most + 2**20), headers=headers | {"Content-Length": str(most + 2**20)}, timeout=60)
    assert told.status_code == 413 and ("太大" in told.text or "上限" in told.text)
    if path != "/gradio_api/upload":
        assert open_to_all.send("POST", path, content=chunks(most + 2**20), headers=headers, timeout=60).status_code == 413


def test_no_file_of_the_machine_is_served(open_to_all, index):
    manifest = index / "manifest.json"
    source = next((index / "sources").iterdir())
    paths = ["/etc/passwd", "//etc/passwd", "../../../../etc/passwd", "..%2f..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "file:///etc/passwd", "C:\\x",
             "app.py", "web/serve.py", __file__,
             str(manifest), str(source), f"{manifest.parent}/sources/../manifest.json", str(index), "~/.ssh/id_rsa", "data/report.md", "\x00", "a" * 5000]
    for path in paths:
        for url in (f"/gradio_api/file={path}", f"/gradio_api/file/{path}", f"/static/{path}", f"/assets/{path}", f"/svelte/{path}"):
            response = open_to_all.get(url.replace("\x00", "%00").replace("\\", "%5C"), follow_redirects=True)
            assert response.status_code >= 400, (url, response.status_code)
            assert not any(word in response.text for word in ("root:", "临河新区", '"sha256"', "def serve")), url


@pytest.mark.parametrize("path", ["/gradio_api/file=http://127.0.0.1:1/x", "/gradio_api/file=HTTPS://example.com/", "/gradio_api/proxy=http://127.0.0.1:1/x", "/gradio_api/file/http://example.com"])
def test_it_fetches_from_no_other_host(open_to_all, path):
    assert open_to_all.get(path).text == "没有这一页。"


def test_an_upload_is_served_to_who_has_its_name(open_to_all, uploads):
    path, = open_to_all.send("POST", "/gradio_api/upload", files={"files": ("../../逃.txt", "甲".encode())}).json()
    assert path.startswith(str(uploads)) and ".." not in path
    response = open_to_all.get(f"/gradio_api/file={path}")
    assert response.content == "甲".encode()
