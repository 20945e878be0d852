"""The spec that changed texts are, without writing them anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tfgen.errors import OutputError
from tfgen.spec.load import load_sources
from tfgen.spec.model import Spec
from tfgen.spec.options import Options
from tfgen.spec.source import STDIN, Source, SourceError, read

_STDIN_NAME = "<stdin>"


@dataclass(frozen=True, slots=True)
class Texts:
    """The files of a spec as they were read, in order, and how to read them again."""

    sources: tuple[Source, ...]
    options: Options

    def with_text(self, changed: Mapping[str, str]) -> Texts:
        """The same with other texts for some files, by name."""
        return replace(
            self,
            sources=tuple(
                replace(source, text=changed[source.name]) if source.name in changed else source
                for source in self.sources
            ),
        )

    def text(self, name: str) -> str:
        """The text of one file."""
        return next(source.text for source in self.sources if source.name == name)


def read_texts(spec: Spec, options: Options) -> Texts:
    """The files that a spec was loaded from. Raises OutputError where one cannot be read again."""
    sources = []
    for name in spec.sources:
        if name in (STDIN, _STDIN_NAME):
            raise OutputError("a spec that came from standard input cannot be edited: give its file")
        try:
            sources.append(read(Path(name)))
        except SourceError as error:
            raise OutputError(str(error.problem)) from None
    return Texts(tuple(sources), options)


def reload(texts: Texts) -> Spec:
    """The spec of these texts. Raises SpecError as `load` does."""
    return load_sources(texts.sources, texts.options)
