"""Prompt files: a missing or unknown variable raises, and what stands in a variable is never a template."""
import pytest

from prompts.render import FOLDER, confidence, levels, prefixes, render, template


def test_variables_are_checked():
    assert render("statement", quote="甲{label}", label=1) == "甲{label}[1]"
    with pytest.raises(KeyError):
        render("statement", quote="甲")
    with pytest.raises(KeyError):
        render("not_found", quote="甲")
    with pytest.raises(FileNotFoundError):
        template("nosuch")


def test_every_prompt_file_renders():
    names = [path.stem for path in FOLDER.glob("*.txt")]
    assert sorted(names) == ["not_found", "not_said", "outline", "outline_line", "outline_section", "reckoned", "rival", "rivals", "statement"]


def test_prefixes_by_model():
    assert prefixes("intfloat/multilingual-e5-large") == {"query": "query: ", "document": "passage: "}
    assert prefixes("BAAI/bge-small-zh-v1.5")["query"] == "为这个句子生成表示以用于检索相关文章："
    assert prefixes("intfloat/multilingual-e5-large-instruct")["document"] == ""
    assert prefixes("shibing624/text2vec-base-chinese") == {}


def test_confidence_words_cover_every_probability():
    assert [confidence(p) for p in (1.0, 0.9, 0.899, 0.5, 0.0)] == ["把握很大", "把握很大", "把握较大", "把握一般，请核对原文", "把握不大，请核对原文"]
    assert levels()[-1][0] == 0.0
