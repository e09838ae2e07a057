"""A file of vectors."""

from __future__ import annotations

import json
import re
from typing import Any

from .octets import on_the_wire


class Suite:
    """The vectors of one file. Every vector hunts at least one named bug, or exactly one."""

    def __init__(self, file: str, flags: dict[str, str], one_flag_each: bool = False) -> None:
        self.file = file
        self.flags = flags
        self.one_flag_each = one_flag_each
        self.vectors: list[dict[str, Any]] = []
        self._ids: set[str] = set()
        self._contents: dict[str, str] = {}
        self._hunted: set[str] = set()

    def add(self, id: str, flags: str, **fields: Any) -> None:
        """Adds a vector; `flags` are separated by spaces."""
        vector = {name: on_the_wire(value) for name, value in fields.items()}
        content = json.dumps({name: value for name, value in vector.items() if name != "note"})
        assert re.fullmatch("[a-z0-9_]+", id), f"{self.file}: {id!r} is not a readable id"
        assert id not in self._ids, f"{self.file}: two vectors are called {id}"
        assert content not in self._contents, f"{self.file}: {id} repeats {self._contents.get(content)}"
        assert flags, f"{self.file}: {id} hunts no bug"
        for flag in flags.split():
            assert flag in self.flags, f"{self.file}: {id} has the undeclared flag {flag}"
        self._ids.add(id)
        self._contents[content] = id
        self._hunted.update(flags.split())
        hunted = {"flag": flags} if self.one_flag_each else {"flags": flags.split()}
        self.vectors.append({"id": id, **hunted, **vector})

    def text(self) -> str:
        """The file: one flag per line, one vector per line, ASCII only."""
        idle = set(self.flags) - self._hunted
        assert not idle, f"{self.file}: no vector hunts {sorted(idle)}"
        flags = [f"{json.dumps(name)}: {json.dumps(bug)}" for name, bug in self.flags.items()]
        vectors = [json.dumps(vector) for vector in self.vectors]
        return '{{\n"flags": {{\n{}\n}},\n"vectors": [\n{}\n]\n}}\n'.format(
            ",\n".join(flags), ",\n".join(vectors)
        )
