"""What stands before the page, its API, its files and its tools alike: who may come in, from which page, with how much.

One ASGI middleware in place of gradio's own login. That one leaves `/theme.css`, `/gradio_api/heartbeat`, `/reset`, `/cancel`
and whatever is mounted beside the page open, and only a browser can log in to it; HTTP Basic needs no page, covers every
route that there is or will be, and every client speaks it: a browser asks by itself, an MCP client sends a header.
`gradio_client` logs in with a form at `/login`, for which it gets a cookie here.

- 401 without an account's name and password, where there are accounts
- 403 for what a page of another site sends: a browser would add the password by itself
- 404 for the routes by which gradio fetches from other hosts
- 413 for a body over MAX_UPLOAD, or over MAX_BODY where it is no upload
"""
from __future__ import annotations

from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.load import MAX_BYTES
from web.accounts import Accounts

UPLOAD = "/gradio_api/upload"
STARTUP = "/gradio_api/startup-events"  # gradio asks itself for it when it starts; it answers true or false
FETCHING = ("/gradio_api/file=http", "/gradio_api/proxy=", "/gradio_api/file/http")
MAX_UPLOAD = 5 * MAX_BYTES
MAX_BODY = 8 * 2**20
MAX_LOGIN = 4096
COOKIE = "jushi-session"
TOO_LARGE = f"文件太大：每个不超过 {MAX_BYTES // 2**20} MB，一次不超过 {MAX_UPLOAD // 2**20} MB；请拆成较小的文件。"
TOO_LONG = f"请求超过 {MAX_BODY // 2**20} MB 的上限。"


def foreign(method: str, headers: Headers) -> bool:
    """Whether a page of another site sent the request; following its link to here is no such thing.

    >>> [foreign("POST", Headers({"host": "a:1"} | more)) for more in ({}, {"origin": "http://a:1"}, {"origin": "http://b:1"}, {"sec-fetch-site": "cross-site"})]
    [False, False, True, True]
    >>> foreign("GET", Headers({"host": "a:1", "sec-fetch-site": "cross-site"}))
    False
    """
    if method in ("GET", "HEAD") and "origin" not in headers:
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    return "origin" in headers and urlsplit(headers["origin"]).netloc != headers.get("host")


class Guard:
    """accounts: None where everyone may come in."""

    def __init__(self, app: ASGIApp, accounts: Accounts | None = None):
        self.app = app
        self.accounts = accounts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # nothing here speaks it
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self.accounts and scope["path"].rstrip("/") == "/login" and scope["method"] == "POST":
            await (await self.login(Request(scope, limited(receive, MAX_LOGIN))))(scope, receive, send)
            return
        upload = scope["path"].rstrip("/") == UPLOAD
        most = MAX_UPLOAD if upload else MAX_BODY
        if refusal := self.refusal(scope, most):
            await discard(receive, most)
            await refusal(scope, receive, send)
            return
        await self.app(scope, limited(receive, most), clear(send) if upload else send)

    def refusal(self, scope: Scope, most: int) -> Response | None:
        """What a request gets that may not pass, None where it may."""
        headers, path = Headers(scope=scope), scope["path"]
        if self.accounts and path != STARTUP and not self.admitted(headers):
            return PlainTextResponse("请输入用户名和密码。", 401, {"WWW-Authenticate": 'Basic realm="jushi", charset="UTF-8"'})
        if foreign(scope["method"], headers):
            return PlainTextResponse("不接受别的网站发来的请求。", 403)
        if path.lower().startswith(FETCHING):
            return PlainTextResponse("没有这一页。", 404)
        if int(headers.get("content-length", "0")) > most:
            return PlainTextResponse(TOO_LARGE if most == MAX_UPLOAD else TOO_LONG, 413)
        return None

    def admitted(self, headers: Headers) -> bool:
        if "authorization" in headers:
            return self.accounts.admits_basic(headers["authorization"])
        cookies = SimpleCookie(headers.get("cookie", ""))
        return COOKIE in cookies and self.accounts.admits_session(cookies[COOKIE].value)

    async def login(self, request: Request) -> Response:
        """The answer to a form of `username` and `password`: a cookie, or 401."""
        try:
            form = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10)
        except (ValueError, HTTPException):
            form = {}
        session = self.accounts.session(form.get("username", [""])[0], form.get("password", [""])[0])
        if session is None:
            return JSONResponse({"success": False, "error": "用户名或密码不对。"}, 401)
        answer = JSONResponse({"success": True})
        answer.set_cookie(COOKIE, session, httponly=True, samesite="strict", secure=request.url.scheme == "https")
        return answer


def limited(receive: Receive, most: int) -> Receive:
    """`receive` of a body of `most` bytes. Raises HTTPException 413 where it goes on, which every route passes on."""
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise HTTPException(413, TOO_LONG)
        return message

    return counted


async def discard(receive: Receive, most: int) -> None:
    """Reads what is left of a refused body, 2 * `most` bytes of it: without that a browser tells of a lost connection and not of the refusal."""
    size, more = 0, True
    while more and size <= 2 * most:
        message = await receive()
        size += len(message.get("body", b""))
        more = message["type"] == "http.request" and message.get("more_body", False)


def clear(send: Send) -> Send:
    """`send` of an upload: gradio's own words for too large a file become ours."""
    refused = False

    async def told(message: Message) -> None:
        nonlocal refused
        if message["type"] == "http.response.start" and message["status"] == 413:
            refused = True
            answer = PlainTextResponse(TOO_LARGE, 413)
            await send({"type": "http.response.start", "status": 413, "headers": answer.raw_headers})
            await send({"type": "http.response.body", "body": answer.body})
        elif not refused:
            await send(message)

    return told
