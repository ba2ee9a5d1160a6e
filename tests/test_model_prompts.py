"""The prompts that a model is sent: each renders, says at its top what it is for, and sends that to nobody."""
import pytest

from prompts.render import FOLDER, messages

VARIABLES = {
    "answer": {"fence": "f0", "passages": "甲{1}", "question": "乙"}, "passage": {"fence": "f0", "label": 1, "heading": "丙", "text": "丁"},
    "followup": {"fence": "f0", "history": "甲", "question": "乙"}, "summary": {"fence": "f0", "heading": "丙", "passages": "甲"}}
ROLES = {"answer": ["system", "user"], "passage": ["passage"], "followup": ["system", "user"], "summary": ["system", "user"]}


def test_there_are_these_and_no_others():
    assert {path.stem for path in FOLDER.glob("*.md")} == set(VARIABLES)


@pytest.mark.parametrize("name", VARIABLES)
def test_each_renders(name):
    sent = messages(name, **VARIABLES[name])
    text = "\n".join(m["content"] for m in sent)
    assert [m["role"] for m in sent] == ROLES[name]
    assert all(str(value) in text for value in VARIABLES[name].values())
    assert "用途" not in text and "===" not in text and "<!--" not in text
    assert (FOLDER / f"{name}.md").read_text("utf-8").startswith("<!--\n用途：")


@pytest.mark.parametrize("name", VARIABLES)
def test_a_missing_or_unknown_variable_raises(name):
    with pytest.raises(KeyError, match=name):
        messages(name, **VARIABLES[name], other="x")
    with pytest.raises(KeyError, match="fence"):
        messages(name, **{k: v for k, v in VARIABLES[name].items() if k != "fence"})
