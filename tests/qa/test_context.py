"""What a sentence is read with: heading, title, the sentence that it takes up, the whole that the question speaks of."""
from __future__ import annotations

import pytest

from index.search import Hit
from ingest.chunk import read_document
from qa.context import in_context

TEXT = """# 甲区2024年统计公报

## 收支

居民人均可支配收入58610元。其中，城镇居民63470元；农村居民36120元。分行业看，工业增长3%。其他收入5元。

| 指标 | 2023年（亿元） | 2024年（亿元） |
| --- | --- | --- |
| 出口 | 123.4 | 132.6 |
| 其中：机电产品 | 70.0 | 78.3 |
| 其中：高新技术产品 | 35.4 | 41.2 |
| 进口 | 57.0 | 54.8 |

其中，年末户籍人口79.3万人。全区城镇人口71.2万人，居全市第一。
"""


def read(question: str, opening: str, text: str = TEXT) -> str:
    document = read_document("公报.md", text, None)
    number = next(n for n in range(len(document.sentences)) if document.view(n).text.startswith(opening))
    return in_context(question, document, document.sentences[number], document.view(number).text)


def test_a_title_is_read_where_it_alone_says_the_year_of_the_question():
    document = read_document("公报.md", "# 甲县2023年统计公报\n\n## 综合\n\n全年完成投资5亿元。2022年完成投资4亿元。\n", None)
    hits = [Hit(document, i, document.passages[-1], 1.0, 1.0, 1.0, 1.0) for i, s in enumerate(document.sentences) if "投资" in s.text]
    asked = "2023年完成投资多少？"
    def read(question, hit):
        return in_context(question, hit.document, hit.sentence, hit.view.text)

    assert [read(asked, hit) for hit in hits] == ["甲县2023年统计公报：综合：全年完成投资5亿元。", "甲县2023年统计公报：综合：2022年完成投资4亿元。"]
    assert read("2022年完成投资多少？", hits[1]) == "综合：2022年完成投资4亿元。"
    assert read("完成投资多少？", hits[0]) == "综合：全年完成投资5亿元。"
    assert read("2021年完成投资多少？", hits[0]) == "甲县2023年统计公报：综合：全年完成投资5亿元。"  # so that the reader sees that it is of another year
    assert read("2021年完成投资多少？", hits[1]) == "综合：2022年完成投资4亿元。"


def test_a_heading_is_read_with_the_short_name_of_the_question():
    document = read_document("专版.md", "# 专版\n\n## 南部城市建设公司:抓项目\n\n三年累计融资6亿元。\n", None)
    sentence = next(s for s in document.sentences if "融资" in s.text)
    assert in_context("南建公司累计融资多少？", document, sentence, sentence.text) == "南建（南部城市建设公司:抓项目）：三年累计融资6亿元。"
    assert in_context("建设公司累计融资多少？", document, sentence, sentence.text) == "南部城市建设公司:抓项目：三年累计融资6亿元。"


@pytest.mark.parametrize("opening, before", [
    ("其中，城镇", "居民人均可支配收入58610元。"), ("分行业看", "其中，城镇居民63470元；农村居民36120元。"), ("其他收入", ""), ("居民人均", ""),
    ("其中：机电", "出口：2023年123.4亿元，2024年132.6亿元。"), ("其中：高新", "出口：2023年123.4亿元，2024年132.6亿元。"), ("进口", "")])
def test_a_sentence_is_read_behind_the_one_that_it_takes_up(opening, before):
    found = read("多少？", opening)
    assert found.startswith(f"收支：{before}{opening}")


def test_what_is_taken_up_stands_in_the_same_section():
    assert read("多少？", "其中", "# 题\n\n## 甲\n\n投资5元。\n\n## 乙\n\n其中3元。\n") == "乙：其中3元。"


def test_the_whole_that_a_question_speaks_of_is_the_one_of_the_report():
    assert read("全区户籍人口多少？", "居民人均").startswith("收支：全区：居民")
    assert "全市" not in read("全市户籍人口多少？", "居民人均") and read("户籍人口多少？", "居民人均").startswith("收支：居民")
    assert read("全区城镇人口多少？", "全区城镇") == "收支：全区城镇人口71.2万人，居全市第一。"
