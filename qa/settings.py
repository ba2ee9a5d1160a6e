"""Settings: one frozen object, read once from JUSHI_… variables and the command line."""
from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path

from ingest.document import UserError

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "JUSHI_"


@dataclass(frozen=True)
class Settings:
    """index: folder of the index; model: embedding model id or folder, "" for the index's own or the embedded one."""

    index: Path = ROOT / "data" / "index"
    model: str = ""

    @classmethod
    def read(cls, **given: object) -> Settings:
        """Defaults, over them JUSHI_INDEX and the like, over them what is given and not None.

        Raises UserError for a JUSHI_ variable that is not a setting.
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
        return cls(**values)
