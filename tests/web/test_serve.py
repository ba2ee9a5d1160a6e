"""A real server over HTTP: who gets in, what is too large, which files it hands out, what a new index changes."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError, AuthenticationError
from playwright.sync_api import Error

from benchmarks.load import measure
from ingest.document import UserError
from ingest.load import MAX_BYTES
from qa.assistant import Assistant, Turn, ingest, rebuild
from qa.settings import Settings
from tests.index.fakes import fake
from tests.web.serving import PASSWORD, QUESTION, USER, awaited, basic, free_port
from web.accounts import Accounts, pairs
from web.api import Calls
from web.guard import MAX_BODY, MAX_UPLOAD, STARTUP
from web.page import build
from web.serve import launch


@dataclass(frozen=True)
class Served:
    """address; routes: (method, path) of every route that there is."""

    address: str
    routes: list[tuple[str, str]]

    def send(self, method: str, path: str, **options) -> httpx.Response:
        return httpx.request(method, self.address + path, trust_env=False, **options)

    def get(self, path: str, **options) -> httpx.Response:
        return self.send("GET", path, **options)


@pytest.fixture(scope="module")
def uploads(tmp_path_factory):
    """A folder for uploads that is this module's own."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("uploads")
        patch.setenv("GRADIO_TEMP_DIR", str(folder))
        yield folder


def every(routes) -> Iterator[tuple[str, str]]:
    """The (method, path) of routes and of the routers among them."""
    for route in routes:
        if hasattr(route, "original_router"):
            yield from every(route.original_router.routes)
        else:
            for method in sorted(getattr(route, "methods", None) or ["GET", "POST"]):
                yield method, re.sub(r"\{[^}]*\}", "1", route.path)


def server(assistant, accounts: Accounts | None) -> Iterator[Served]:
    demo = build(assistant)
    address = launch(demo, "127.0.0.1", free_port(), accounts, Calls(assistant))
    yield Served(address, list(every(demo.app.routes)))
    demo.close(verbose=False)


@pytest.fixture(scope="module")
def open_to_all(assistant, uploads) -> Iterator[Served]:
    yield from server(assistant, None)


@pytest.fixture(scope="module")
def locked(assistant, uploads) -> Iterator[Served]:
    yield from server(assistant, Accounts.of({USER: PASSWORD, "b": "c"}))


# --- the file of accounts

@pytest.mark.parametrize("text, says", [
    ("a:b\n\n无密码\n", "“账号.txt”第 3 行"), ("# 注释\n:b\n", "第 2 行"), ("a:\n", "第 1 行"), ("a:b\nc:d\na:e\n", "第 3 行的用户名“a”"), ("# 空\n\n", "没有一个账号"), ("", "没有一个账号")])
def test_a_bad_file_of_accounts_names_the_line_and_no_password(tmp_path, text, says):
    path = tmp_path / "账号.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError, match=says) as raised:
        Accounts.read(path)
    assert "无密码" not in str(raised.value) and "\n" not in str(raised.value)


def test_a_file_of_accounts_that_cannot_be_read(tmp_path):
    with pytest.raises(UserError, match="没有.txt"):
        Accounts.read(tmp_path / "没有.txt")
    (tmp_path / "gbk.txt").write_bytes("编辑:密码".encode("gbk"))
    with pytest.raises(UserError, match="不是 UTF-8"):
        Accounts.read(tmp_path / "gbk.txt")


def test_accounts(tmp_path, capsys):
    path = tmp_path / "账号.txt"
    path.write_text(f"\ufeff# 编辑部\n{USER}:{PASSWORD}\r\nb:c", "utf-8")
    path.chmod(0o600)
    accounts = Accounts.read(path)
    assert capsys.readouterr().err == ""
    path.chmod(0o644)
    Accounts.read(path)
    assert "chmod 600" in capsys.readouterr().err
    assert [accounts.admits(*given) for given in ((USER, PASSWORD), ("b", "c"), (USER, "c"), ("b", ""), ("", ""), ("x", "c"))] == [True, True, False, False, False, False]
    assert PASSWORD not in repr(accounts) and accounts.session("b", "x") is None and accounts.admits_session(accounts.session("b", "c"))
    assert [accounts.admits_basic(header) for header in ("Basic Yjpj", "basic Yjpj ", "Bearer Yjpj", "Basic Yjp", "Basic ====", "Basic", "", "Basic /w==")] == [True, True, *[False] * 6]
    assert pairs(["a:b"], "x") == {"a": "b"}


# --- who gets in

def test_no_route_answers_without_a_password(locked):
    known = ("/", "/config", "/theme.css", "/gradio_api/info", "/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/heartbeat/1", "/gradio_api/mcp")
    assert {path for _, path in locked.routes} >= set(known)
    more = [("GET", path) for path in ("/?doc=a.md", "/gradio_api/file=/etc/passwd", "/gradio_api/mcp/sse", "/gradio_api//info", "/gradio_api/startup-events/", "/nosuch", "/favicon.ico")]
    more += [("POST", path) for path in ("/gradio_api/call/ask", "/gradio_api/run/ask", "/gradio_api/queue/join?", "/gradio_api/mcp/")]
    with httpx.Client(base_url=locked.address, trust_env=False) as client:
        asked = [(method, path) for method, path in locked.routes + more if path != STARTUP and (method, path.rstrip("/")) != ("POST", "/login")]
        answers = [(method, path, client.request(method, path)) for method, path in asked]
    assert len(answers) > 80
    for method, path, response in answers:
        assert response.status_code == 401 and response.headers["www-authenticate"].startswith("Basic "), (method, path, response.status_code)
        assert method == "HEAD" or response.text == "请输入用户名和密码。"
    assert locked.get(STARTUP).text == "false"


@pytest.mark.parametrize("headers", [basic(USER, "错"), basic("错", PASSWORD), basic("b", PASSWORD), basic("", ""), {"Authorization": "Bearer x"}, {"Authorization": "Basic ***"},
                                     {"Cookie": "jushi-session=x"}, {"Cookie": "jushi-session="}, {"Cookie": "access-token=x; a=b"}])
def test_a_wrong_password_does_not_get_in(locked, headers):
    assert [locked.get(path, headers=headers).status_code for path in ("/", "/config", "/gradio_api/info")] == [401] * 3


def test_the_password_gets_in_everywhere(locked):
    headers = basic(USER, PASSWORD)
    assert [locked.get(path, headers=headers).status_code for path in ("/", "/config", "/gradio_api/info", "/theme.css")] == [200] * 4
    assert locked.send("POST", "/gradio_api/call/ask", headers=headers, json={"data": [QUESTION, ""]}).status_code == 200
    assert locked.send("POST", "/gradio_api/upload", headers=headers, files={"files": ("a.txt", b"a")}).status_code == 200


@pytest.mark.parametrize("options", [{"auth": (USER, PASSWORD)}, {"httpx_kwargs": {"auth": (USER, PASSWORD)}}, {"headers": basic(USER, PASSWORD)}])
def test_gradio_client_gets_in_as_it_likes(locked, options):
    assert Client(locked.address, verbose=False, **options).predict(QUESTION, api_name="/ask")["answer"] == "95家"


def test_login_refuses(locked):
    with pytest.raises(AuthenticationError):
        Client(locked.address, verbose=False, auth=(USER, "错"))
    for content in (b"", b"username=b", b"&" * 5000, b"a=b&" * 100, b"username=\xff&password=%ff", b"username=b&password=" + b"c" * 10_000):
        response = locked.send("POST", "/login", content=content, headers={"Content-Type": "application/x-www-form-urlencoded"})
        assert response.status_code == 401 and "set-cookie" not in response.headers


def test_no_password_is_logged(locked, capfd):
    locked.get("/", headers=basic(USER, "秘密一"))
    locked.send("POST", "/login", data={"username": USER, "password": "secret2"})
    out, err = capfd.readouterr()
    assert out + err == ""


def test_a_browser_asks_for_it_once(browser, locked):
    with browser.new_context(http_credentials={"username": USER, "password": PASSWORD}) as context:
        page = context.new_page()
        refused = []
        page.on("response", lambda response: refused.append(response.url) if response.status >= 400 else None)
        page.goto(locked.address)
        page.locator("#question textarea").fill(QUESTION)
        page.locator("#question textarea").press("Enter")
        page.get_by_text("95家").first.wait_for(timeout=20_000)
        assert refused == []
    with browser.new_context() as context, pytest.raises(Error, match="ERR_INVALID_AUTH_CREDENTIALS"):
        context.new_page().goto(locked.address)


# --- pages of other sites

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


# --- how much, and which files

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


def test_a_wrong_argument_is_told(open_to_all):
    client = Client(open_to_all.address, verbose=False)
    for arguments, name, says in (((5,), "/ask", "question 应是一段文字"), ((["a"],), "/check", "claim 应是一段文字"), ((QUESTION, "[" * 9999), "/ask", "history"),
                                  ((QUESTION, 10**50), "/search", "limit 是 1000")):
        with pytest.raises(AppError, match=says):
            client.predict(*arguments, api_name=name)


def test_many_askers_get_what_one_gets(locked):
    """`benchmarks.load` in small; it counts a failure and a reply that differs."""
    questions = [QUESTION, "收缴房款多少？", "完成审计项目多少项？", "今天天气怎么样？"]
    one, many = awaited(measure(locked.address, questions, askers=8, seconds=1, auth=(USER, PASSWORD)))
    assert (one.faults, many.faults) == ([], []) and len(one.seconds) >= 4 and len(many.seconds) >= 8
    one, _ = awaited(measure(locked.address, questions, askers=1, seconds=0))
    assert len(one.faults) == 4 and "401" in one.faults[0] and one.seconds == []


def test_a_running_server_goes_on_after_the_index_was_rebuilt_with_another_model(tmp_path, monkeypatch):
    folder, path = tmp_path / "index", tmp_path / "甲.txt"
    path.write_text("# 青山镇年报\n\n青山镇全年新修水渠31条。\n\n青山镇全年植树5万株。\n", "utf-8")
    loaded = []

    def load(name=None):
        loaded.append(name)
        return fake(name or "fake/a")

    monkeypatch.setattr("qa.assistant.Embedder.load", load)
    ingest(Settings(index=folder), [path])
    running = Assistant.open(Settings(index=folder))
    demo = build(running)
    client = Client(launch(demo, "127.0.0.1", free_port()), verbose=False)
    try:
        def found() -> list[str]:
            return re.findall(r"\d+条", "".join(p["text"] for p in client.predict("青山镇新修水渠多少条？", api_name="/ask")["passages"]))

        assert (found(), running.embedder.model) == (["31条"], "fake/a")
        rebuild(Settings(index=folder, model="fake/b"))
        assert (found(), running.embedder.model) == (["31条"], "fake/b")
        path.write_text("# 青山镇年报\n\n青山镇全年新修水渠47条。\n\n青山镇全年植树5万株。\n", "utf-8")
        ingest(Settings(index=folder, model="fake/c"), [path])
        loaded.clear()
        assert (found(), found(), running.embedder.model, loaded) == (["47条"], ["47条"], "fake/c", ["fake/c"])
    finally:
        demo.close(verbose=False)


def test_half_a_surrogate_pair_is_a_space_wherever_it_comes_from(assistant):
    claim = "规模以上企业\ud800增至95家。"
    checked = assistant.check(claim).to_dict()
    assert checked["claim"] == "规模以上企业 增至95家。" and checked["claim"][checked["figures"][0]["start"]:checked["figures"][0]["end"]] == "95家"
    answer = assistant.ask("推动整改问题呢？", [Turn("审计办公室\udfff完成审计项目多少项？")])
    assert answer.question_used.encode("utf-8") and answer.answer == assistant.ask("推动整改问题呢？", [Turn("审计办公室 完成审计项目多少项？")]).answer
