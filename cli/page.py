"""No command: the web page."""
from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn

from cli.parser import settings_of


def add(parser: argparse.ArgumentParser) -> None:
    """The options of the page, on the main parser."""
    parser.add_argument("--host", default="127.0.0.1", help="网页监听的地址")
    parser.add_argument("--port", type=int, default=7860, help="网页监听的端口")
    parser.add_argument("--auth-file", type=Path, metavar="FILE", help="只让其中的账号进入网页、接口和工具;每行一个“用户名:密码”")
    parser.add_argument("--mcp", action="store_true", help="另以 MCP 工具提供 ask、search、check")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> NoReturn:
    from web.serve import serve

    serve(settings_of(options), options.host, options.port, options.auth_file, options.mcp)
