"""When a report came out, by what it says itself: its masthead, its source line, a line that is nothing but a date, the sitting at which it was given."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

OPENING, CLOSING = 8, 3  # so many blocks at the beginning and at the end are read
LONGEST = 80             # characters of a line that may say it
_DATE = r"((?:19|20)\d\d)[年./-](\d{1,2})(?:[月./-]\d{1,2}日?|月)"
_SAID = re.compile(rf"(?:^|[—\-(（])\s*{_DATE}在[^。]{{4,40}}会议?上"                              # ——2025年1月9日在某市某届人民代表大会某次会议上
                   rf"|{_DATE}(?=[\s|｜]*(?:星期|第?[A-Z]?\d+版|发布|印发|公布))"                      # 临水日报 2025年9月18日 星期四
                   rf"|(?:来源|稿源|发布时间|(?:发布|印发|披露|报告|公告)日期)[^。]*?{_DATE}"
                   rf"|(?:^[(（]?|^[^。，,；;：:]{{2,40}}[\s　])\s*{_DATE}\s*[)）]?$", re.MULTILINE)  # 临水市统计局 2025年3月


def published(blocks: Iterable[tuple[str, str]]) -> tuple[int, int] | None:
    """The year and month in which a report came out, None where its opening and its end do not say; `blocks`: kind and text of each, in order.

    Leaves alone: the days of which its sentences tell, and the year in a title.

    >>> published([("note", "临水日报 2025年9月18日 星期四 第5版"), ("title", "三年改革"), ("paragraph", "2024年1月9日,新厂投产。")])
    (2025, 9)
    >>> published([("title", "政府工作报告"), ("heading", "——2025年1月9日在临水市第六届人民代表大会第四次会议上"), ("paragraph", "各位代表:")])
    (2025, 1)
    >>> published([("title", "2024年统计公报"), ("paragraph", "临水市统计局\u30002025年3月")])
    (2025, 3)
    >>> published([("title", "2024年年度报告摘要"), ("paragraph", "证券简称:临水机床\u3000披露日期:2025年4月22日")])
    (2025, 4)
    >>> published([("title", "2024年统计公报"), ("paragraph", "2024年1月9日,新厂投产。")]) is None
    True
    """
    lines: Sequence[tuple[str, str]] = list(blocks)
    opening = lines[:OPENING]
    for kind, text in [*opening, *lines[max(len(opening), len(lines) - CLOSING):]]:
        text = text.strip()
        if len(text) > LONGEST or kind in ("row", "caption"):
            continue
        if match := _SAID.search(text):
            year, month = [int(g) for g in match.groups() if g]
            if 1 <= month <= 12:
                return year, month
    return None
