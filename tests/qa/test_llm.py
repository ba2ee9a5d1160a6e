"""The client of a language model against a scripted endpoint: every fault is one Chinese line, none an exception of another kind."""
import logging
import socket
import time
from dataclasses import asdict

import pytest

from ingest.document import UserError
from qa import llm
from qa.llm import LanguageModel, ModelFault
from qa.settings import Secret, Settings
from tests.qa.scripted import KEY, Reply, endpoint

ASK = [{"role": "user", "content": "有多少家？"}]


def model(url: str, **given) -> LanguageModel:
    return LanguageModel(url, "m", Secret(KEY), **{"seconds": 10.0, "waits": (0.01, 0.01), **given})


def fault(url: str, **given) -> str:
    """The line that a stream ends with."""
    with pytest.raises(ModelFault) as caught:
        list(model(url, **given).stream(ASK, 100))
    return str(caught.value)


def test_pieces_come_as_they_are_sent_and_the_request_says_what_was_asked():
    with endpoint(Reply("共有", "147家", "[1]。")) as server:
        assert list(model(server.url).stream(ASK, 77)) == ["共有", "147家", "[1]。"]
    body = server.requests[0]
    assert (body["model"], body["messages"], body["max_tokens"], body["stream"], body["temperature"]) == ("m", ASK, 77, True, 0)
    assert server.headers[0]["authorization"] == f"Bearer {KEY}"


def test_what_the_environment_says_of_a_vendor_goes_to_no_endpoint(monkeypatch):
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-secret")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-vendor")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with endpoint(Reply("好")) as server:
        assert list(LanguageModel(server.url, "m").stream(ASK, 9)) == ["好"]
    assert not any(word in str(server.headers) for word in ("org-secret", "proj-secret", "sk-vendor"))


@pytest.mark.parametrize("status, line, tries", [(401, llm.KEY, 1), (403, llm.KEY, 1), (404, llm.NOT_THERE, 1), (400, llm.REFUSED, 1), (302, llm.REFUSED, 1),
                                                 (429, llm.BUSY, 3), (500, llm.DOWN, 3), (503, llm.DOWN, 3)])
def test_a_status_is_a_line_and_only_those_that_pass_are_tried_again(status, line, tries):
    with endpoint(Reply(status=status)) as server:
        assert fault(server.url) == line
        assert len(server.requests) == tries


def test_after_a_busy_reply_the_second_try_answers():
    with endpoint(Reply(status=429), Reply("好")) as server:
        assert list(model(server.url).stream(ASK, 9)) == ["好"]


def test_the_pause_that_is_asked_for_is_kept_but_never_beyond_the_time():
    with endpoint(Reply(status=429, headers=[("Retry-After", "0.4")]), Reply("好")) as server:
        began = time.monotonic()
        assert list(model(server.url).stream(ASK, 9)) == ["好"]
        assert time.monotonic() - began >= 0.4
    with endpoint(Reply(status=429, headers=[("Retry-After", "3600")])) as server:
        began = time.monotonic()
        assert fault(server.url) == llm.BUSY
        assert time.monotonic() - began < 3


def test_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert fault(f"http://127.0.0.1:{free.getsockname()[1]}/v1") == llm.UNREACHABLE


@pytest.mark.parametrize("reply", [Reply("好", first=30), Reply(*["好"] * 100, pause=0.2)], ids=["no first byte", "drop by drop"])
def test_too_slow(reply):
    with endpoint(reply) as server:
        began = time.monotonic()
        assert fault(server.url, seconds=0.7) == llm.SLOW
        assert time.monotonic() - began < 2.5


@pytest.mark.parametrize("raw, line", [
    (b"", llm.TRUNCATED), (b'data: {"choices": [{"index": 0, "del', llm.TRUNCATED), (b"data: {]}\n\n", llm.MALFORMED), (b"data: [1, 2]\n\n", llm.MALFORMED), (b"data: \xff\xfe\n\n", llm.MALFORMED),
    (b'data: {"choices": 7}\n\n', llm.MALFORMED), (b'data: {"choices": [{"delta": 7}]}\n\n', llm.MALFORMED), (b'data: {"error": {"message": "sk-test-4711"}}\n\n', llm.MALFORMED),
    (b'{"choices": [{"message": {"content": "\xe5\xa5\xbd"}}]}', llm.TRUNCATED), (b"<html><body>login</body></html>", llm.TRUNCATED), (b"x" * 10_000_000, llm.MALFORMED)],
    ids=["nothing", "half a chunk", "no JSON", "a list", "no UTF-8", "choices a number", "delta a number", "an error inside", "no stream", "a login page", "10 MB without a line end"])
def test_a_stream_that_is_none(raw, line):
    with endpoint(Reply(raw=raw)) as server:
        assert fault(server.url) == line


def test_a_stream_that_breaks_off_is_not_tried_again():
    with endpoint(Reply("共有147家[1]。", finish=None)) as server:
        assert fault(server.url) == llm.TRUNCATED
        assert len(server.requests) == 1


def test_a_filtered_answer_is_a_refusal_and_a_full_one_is_none():
    with endpoint(Reply("好", finish="content_filter"), Reply("好", finish="length")) as server:
        assert fault(server.url) == llm.FILTERED
        assert list(model(server.url).stream(ASK, 9)) == ["好"]


def test_stopping_ends_at_once_and_closes_the_stream():
    with endpoint(Reply(*["好"] * 500, pause=0.05)) as server:
        seen: list[str] = []
        began = time.monotonic()
        with pytest.raises(ModelFault, match=llm.STOPPED):
            for piece in model(server.url).stream(ASK, 9, lambda: len(seen) >= 2):
                seen.append(piece)
        assert seen == ["好", "好"]
        assert time.monotonic() - began < 2
        assert server.cut.wait(5)


def test_a_reader_that_goes_away_closes_the_stream():
    with endpoint(Reply(*["好"] * 500, pause=0.05)) as server:
        pieces = model(server.url).stream(ASK, 9)
        assert next(pieces) == "好"
        pieces.close()
        assert server.cut.wait(5)


def test_the_key_is_in_no_repr_no_export_no_log_and_no_fault(caplog):
    settings = Settings(llm_base_url="http://127.0.0.1:1/v1", llm_model="m", llm_api_key=Secret(KEY))
    assert KEY not in repr(settings) + str(asdict(settings)) + f"{settings.llm_api_key}"
    with caplog.at_level(logging.DEBUG), endpoint(Reply(status=401), Reply("好")) as server:
        assert KEY not in fault(server.url)
        list(model(server.url).stream(ASK, 9))
    assert caplog.records
    assert KEY not in caplog.text


def test_settings_of_an_endpoint(monkeypatch):
    assert LanguageModel.from_settings(Settings.read()) is None
    monkeypatch.setenv("JUSHI_LLM_BASE_URL", "http://127.0.0.1:11434/v1")
    with pytest.raises(UserError, match="JUSHI_LLM_MODEL"):
        Settings.read()
    monkeypatch.setenv("JUSHI_LLM_MODEL", "m")
    monkeypatch.setenv("JUSHI_LLM_API_KEY", f" {KEY}\n")
    monkeypatch.setenv("JUSHI_LLM_CONTEXT", "8192")
    settings = Settings.read()
    assert (settings.llm_api_key.reveal(), settings.llm_context, settings.llm_timeout) == (KEY, 8192, 60.0)
    assert LanguageModel.from_settings(settings).name == "m"


@pytest.mark.parametrize("name, value", [("JUSHI_LLM_BASE_URL", "http://me:pw@host/v1"), ("JUSHI_LLM_BASE_URL", "http://host/v1?key=1"), ("JUSHI_LLM_BASE_URL", "ftp://host"), ("JUSHI_LLM_BASE_URL", "http://[::1"),
                                         ("JUSHI_LLM_CONTEXT", "100"), ("JUSHI_LLM_CONTEXT", "viel"), ("JUSHI_LLM_TIMEOUT", "0"), ("JUSHI_LLM_TIMEOUT", "nan"), ("JUSHI_LLM_TIMEOUT", "inf")])
def test_settings_that_cannot_be(monkeypatch, name, value):
    monkeypatch.setenv("JUSHI_LLM_BASE_URL", "http://host/v1")
    monkeypatch.setenv("JUSHI_LLM_MODEL", "m")
    monkeypatch.setenv(name, value)
    with pytest.raises(UserError, match=name) as caught:
        Settings.read()
    assert "pw" not in str(caught.value)
