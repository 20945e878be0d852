"""`$File` and `$FileRaw`: files beside the spec, never above or outside its folder."""

from __future__ import annotations

import configparser
import io
from pathlib import Path

from tfgen.errors import Position
from tfgen.spec.compose import compose
from tfgen.spec.directives.syntax import DirectiveError
from tfgen.spec.nodes import Mapping, Node, Scalar, Sequence
from tfgen.spec.source import Source, SourceError, read
from tfgen.spec.yaml_faults import ComposeError


def raw(folder: Path, name: str) -> Source:
    """A text file at `name` below `folder`; raises DirectiveError."""
    try:
        home = folder.resolve()
        target = (home / name).resolve()
        inside = target.is_relative_to(home)
    except (OSError, ValueError, RuntimeError):  # a name no file can have, or links in a circle
        raise DirectiveError("the file's name is not usable") from None
    if not inside:
        raise DirectiveError("the file is outside the spec's folder", "files beside the spec or below it")
    try:
        return read(target)
    except SourceError as error:
        said = error.problem
        raise DirectiveError(f"the file {name!r}: {said.message}", said.allowed) from None


def parsed(folder: Path, name: str, at: Position) -> Node:
    """The content of a .json, .yml, .yaml, .env or .ini file; raises DirectiveError."""
    source = raw(folder, name)
    suffix = Path(name).suffix or Path(name).name
    if suffix in (".json", ".yml", ".yaml"):
        try:
            return compose(source).root
        except ComposeError as error:
            said = error.problem
            where = f"line {said.position.line}, column {said.position.column}"
            raise DirectiveError(f"the file {name!r}, {where}: {said.message}", said.allowed) from None
    if suffix == ".env":
        return _variables(source.text, at)
    if suffix == ".ini":
        return _sections(source.text, name, at)
    raise DirectiveError(
        f"$File cannot read {suffix or 'such'} files", ".json, .yml, .yaml, .env, .ini; or $FileRaw"
    )


def _variables(text: str, at: Position) -> Node:
    """A .env file as Stacktape gives it: a list of {name, value}."""
    pairs = Sequence(at)
    for line in text.splitlines():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        if not equals or name.startswith("#"):
            continue
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        members: dict[str, Node] = {"name": Scalar(at, name.strip()), "value": Scalar(at, value)}
        pairs.items.append(Mapping(at, members, dict.fromkeys(members, at)))
    return pairs


def _sections(text: str, name: str, at: Position) -> Node:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # keys keep their case
    try:
        parser.read_file(io.StringIO(text))
    except configparser.Error:
        raise DirectiveError(f"the file {name!r} is not a valid .ini file") from None
    root = Mapping(at)
    for section in parser.sections():
        values: dict[str, Node] = {key: Scalar(at, value) for key, value in parser[section].items()}
        root.entries[section] = Mapping(at, values, dict.fromkeys(values, at))
        root.keys[section] = at
    return root
