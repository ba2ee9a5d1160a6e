"""Settings: one frozen object, read once from JUSHI_… variables and the command line."""
from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from ingest.document import UserError

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "JUSHI_"
LEAST_CONTEXT = 2048


class Secret:
    """A key that only `reveal` gives: printed, formatted, copied into a report it says no more than whether it is set.

    >>> key = Secret("sk-1"); str(key), f"{key!r}", key.reveal(), bool(Secret(""))
    ('已设置', '已设置', 'sk-1', False)
    """

    __slots__ = ("_value",)

    def __init__(self, value: str = ""):
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "已设置" if self._value else "未设置"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)


@dataclass(frozen=True)
class Settings:
    """index: folder of the index; model: embedding model id or folder, "" for the index's own or the embedded one.

    llm_base_url, llm_model: an OpenAI-compatible endpoint ("http://127.0.0.1:11434/v1") and the model asked there; none is
    asked where both are "". llm_api_key: its key. llm_context: tokens that the model takes, question, passages and answer
    together; llm_timeout: seconds that an answer may take.
    """

    index: Path = ROOT / "data" / "index"
    model: str = ""
    llm_base_url: str = ""
    llm_model: str = ""
    llm_api_key: Secret = Secret()
    llm_context: int = 4096
    llm_timeout: float = 60.0

    @classmethod
    def read(cls, **given: object) -> Settings:
        """Defaults, over them JUSHI_INDEX and the like, over them what is given and not None.

        Raises UserError for a JUSHI_ variable that is not a setting, and for an endpoint that cannot be one.
        """
        names = {PREFIX + field.name.upper(): field.name for field in fields(cls)}
        values: dict[str, object] = {}
        for variable, value in os.environ.items():
            if variable.startswith(PREFIX):
                if variable not in names:
                    raise UserError(f"不认识的环境变量 {variable};可用的有 {'、'.join(names)}。")
                values[names[variable]] = value
        values |= {name: value for name, value in given.items() if value is not None}
        if "index" in values:
            values["index"] = Path(str(values["index"]))
        if isinstance(key := values.get("llm_api_key"), str):
            values["llm_api_key"] = Secret(key.strip())
        values |= {"llm_context": _number(values, "llm_context", int, LEAST_CONTEXT), "llm_timeout": _number(values, "llm_timeout", float, 1)}
        settings = cls(**values)
        settings._endpoint()
        return settings

    def _endpoint(self) -> None:
        """Raises UserError where address and model are not both given, or the address is none or holds a password."""
        if bool(self.llm_base_url) != bool(self.llm_model):
            given, lacking = ("JUSHI_LLM_BASE_URL", "JUSHI_LLM_MODEL") if self.llm_base_url else ("JUSHI_LLM_MODEL", "JUSHI_LLM_BASE_URL")
            raise UserError(f"给了 {given} 而没有给 {lacking};要用语言模型请两个都给,不用请都去掉。")
        if not self.llm_base_url:
            return
        try:
            url = urlsplit(self.llm_base_url)
            sound = url.scheme in ("http", "https") and bool(url.hostname) and url.port != 0
        except ValueError:
            url, sound = None, False
        if url is not None and (url.username or url.password or url.query or url.fragment):
            raise UserError("JUSHI_LLM_BASE_URL 里不能写用户名、口令或参数;密钥请放在 JUSHI_LLM_API_KEY 里。")
        if not sound:
            raise UserError(f"JUSHI_LLM_BASE_URL“{self.llm_base_url}”不是网址;请写成 http://127.0.0.1:11434/v1 这样。")


def _number(values: dict[str, object], name: str, kind: type, least: float) -> object:
    """A setting as a number, its default where it is not given. Raises UserError for what is no number or too small."""
    given = values.get(name, getattr(Settings, name))
    try:
        number = kind(given)
    except ValueError:
        number = -1
    if not least <= number < 1e9:
        raise UserError(f"{PREFIX}{name.upper()} 的值“{given}”不行;请给一个不小于 {least} 的数。")
    return number
