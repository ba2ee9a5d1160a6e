"""The file of accounts, and who gets in past them: to no page, call, file or tool without a password."""
from __future__ import annotations

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AuthenticationError
from playwright.sync_api import Error

from ingest.document import UserError
from tests.web.serving import PASSWORD, QUESTION, USER, basic
from web.accounts import Accounts, pairs
from web.guard import STARTUP


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
