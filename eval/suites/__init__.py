"""Every suite, by its name on the command line: a new one is an entry of `suites.yaml` and a file.

The file has a function `measure`, which is given the suite, the options with the split that counts,
and the embedder. It raises `UsageError` for bad options and `DataError` for bad data.
"""

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from langchain_core.embeddings import Embeddings
from pydantic import BaseModel, ConfigDict

from eval.report import SuiteResult
from eval.run import Options


class Suite(BaseModel):
    """What a suite asks and what its figures mean, as `suites.yaml` has it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    about: str
    file: str = ""  # by default that of its name
    notes: tuple[str, ...] = ()
    split: str = "test"
    folders: tuple[str, ...] = ()
    # Of those that ask the questions of a set:
    measures: tuple[str, ...] = ()
    reading: dict[str, Any] = {}
    scored: bool = True  # whether its accepted answers can be compared with ours

    def run(self, options: Options, embedder: Embeddings) -> SuiteResult:
        """What it found, under its name."""
        split = options.split or self.split
        module = import_module(f"eval.suites.{self.file or self.name}")  # late: some load models
        found: SuiteResult = module.measure(self, replace(options, split=split), embedder)
        notes = (*self.notes, *found.notes)
        name = found.name or self.name
        return replace(found, name=name, about=self.about, split=split, notes=notes)


_WRITTEN = (Path(__file__).parents[1] / "suites.yaml").read_text(encoding="utf-8")
SUITES = {name: Suite(name=name, **said) for name, said in yaml.safe_load(_WRITTEN).items()}
