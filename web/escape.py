"""Foreign text → HTML in which it can only be read.

Reports, questions and file names are written by others. Nothing of theirs reaches the page but through `text`, for what
is read, in element content and in double-quoted attributes, and `attribute`, for what the page's script compares.
"""
from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable

PLAIN = "\n\t\u200c\u200d"


def text(value: str) -> str:
    """Escaped text of as many characters as a browser will then hold, so that offsets into it stay true.

    Controls that would vanish, or turn the text around them (C0, zero width, right-to-left overrides), show as ␀, ␁ …
    or as the replacement sign. Leaves alone line ends, tabs and the joiners that scripts need.

    >>> text('<b onclick="x">A&B\\x00\\u202e')
    '&lt;b onclick=&quot;x&quot;&gt;A&amp;B␀\\ufffd'
    """
    if value.isprintable():
        return html.escape(value)
    return html.escape("".join(c if c in PLAIN else _visible(c) for c in value)).replace("\r", "&#13;")


def attribute(value: str) -> str:
    """A value that no one reads, for a double-quoted attribute: escaped, and to the script exactly what it was; but NUL, which HTML cannot hold.

    >>> attribute('a"&\u202eb')
    'a&quot;&amp;\u202eb'
    """
    return html.escape(value).replace("\r", "&#13;")


def options(pairs: Iterable[tuple[str, str]], chosen: str) -> str:
    """(value, what is shown) pairs as the options of a select."""
    return "".join(f'<option value="{attribute(value)}"{" selected" if value == chosen else ""}>{text(shown)}</option>' for value, shown in pairs)


def _visible(c: str) -> str:
    if c == "\r" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"):
        return c
    return chr(0x2400 + ord(c)) if ord(c) < 0x20 else "\ufffd"
