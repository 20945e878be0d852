"""Directives whose value is known while the spec is read, or turns into an Expression when it is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Final, Protocol

from tfgen.errors import Position
from tfgen.spec import expressions as ex
from tfgen.spec import scalars
from tfgen.spec.compose import Document
from tfgen.spec.directives import files, git
from tfgen.spec.directives.runtime import texts
from tfgen.spec.directives.syntax import Call, DirectiveError
from tfgen.spec.nodes import Mapping, Node, Path, Scalar, Sequence, Value, child
from tfgen.spec.options import Options
from tfgen.spec.problems import Collector, nearest

ALIASES: Final = {"Account": "AwsAccountId"}
"""Names that people use for a directive that is called otherwise."""

_BRACES: Final = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """Where a directive stands."""

    position: Position
    path: Path
    document: Document


class Context(Protocol):
    """What a directive may ask its resolver for."""

    options: Options
    collector: Collector
    files: dict[tuple[FilePath, str], Node]

    def values(self, call: Call, place: Place) -> tuple[Value, ...]: ...  # noqa: D102
    def follow(self, node: Node, steps: tuple[str, ...], place: Place) -> Node: ...  # noqa: D102


def member(node: Node, step: str | int) -> Node | None:
    """The member of a mapping or list, None when there is none."""
    return child(node, step)


def custom_names(document: Document) -> set[str]:
    """The names under the root key `directives`, which run code of the project."""
    listed = document.root.entries.get("directives")
    items = listed.items if isinstance(listed, Sequence) else []
    names = (child(item, "name") for item in items)
    return {str(name.value).removeprefix("$") for name in names if isinstance(name, Scalar)}


def _nothing(call: Call) -> None:
    if call.arguments:
        raise DirectiveError(f"${call.name} takes no argument", f"${call.name}()")


def _no_path(call: Call) -> None:
    if call.path:
        raise DirectiveError(f"a path cannot follow ${call.name}", "its value is a single one")


def _known(call: Call, values: tuple[Value, ...]) -> tuple[Value, ...]:
    """The arguments, none of which may wait for a deployment."""
    if any(isinstance(value, ex.Expression) for value in values):
        raise DirectiveError(
            f"${call.name} needs its arguments now", "no directive that waits for a deployment"
        )
    return values


def _simple(known: Callable[[Options], str | None], otherwise: ex.Expression) -> Directive:
    def answer(context: Context, call: Call, place: Place) -> Node:
        _nothing(call)
        _no_path(call)
        return Scalar(place.position, known(context.options) or otherwise)

    return answer


def _account(context: Context, call: Call, place: Place) -> Node:
    _nothing(call)
    _no_path(call)
    if call.name in ALIASES:
        context.collector.warn(
            place.position, place.path, f"${call.name} is not Stacktape's name", near="$AwsAccountId()"
        )
    return Scalar(place.position, ex.AccountId())


def _profile(context: Context, call: Call, place: Place) -> Node:
    _nothing(call)
    _no_path(call)
    context.collector.warn(place.position, place.path, "the profile's name differs from machine to machine")
    return Scalar(place.position, ex.ProfileName())


def _format(context: Context, call: Call, place: Place) -> Node:
    _no_path(call)
    template, *values = context.values(call, place) or ("",)
    usage = f"${call.name}('{{}}-name', $Stage())"
    if not isinstance(template, str) or not template:
        raise DirectiveError(f"${call.name} lacks its template", usage)
    odd = [found for found in _BRACES.findall(template) if found != "{}"]
    if odd and not values:
        raise DirectiveError(
            f"{odd[0]} is no placeholder of ${call.name}", f"a value takes the place of {{}}: {usage}"
        )
    literal = template.split("{}")
    if len(literal) - 1 != len(values):
        raise DirectiveError(
            f"${call.name} has {len(literal) - 1} placeholders {{}} and {len(values)} values", usage
        )
    parts: list[str | ex.Expression] = [literal[0]]
    for value, after in zip(values, literal[1:], strict=True):
        parts += [value if isinstance(value, ex.Expression) else _said(value), after]
    return Scalar(place.position, ex.joined(parts))


def _said(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _var(context: Context, call: Call, place: Place) -> Node:
    root = place.document.root.entries.get("variables")
    if not isinstance(root, Mapping):
        raise DirectiveError("the file has no `variables`")
    return context.follow(root, _steps(context, call, place, "$Var().name"), place)


def _this(context: Context, call: Call, place: Place) -> Node:
    return context.follow(place.document.root, _steps(context, call, place, "$This().resources.name"), place)


def _steps(context: Context, call: Call, place: Place, usage: str) -> tuple[str, ...]:
    """The path of a directive that may also be given as its one argument."""
    first = texts(call.name, _known(call, context.values(call, place)), 0, 1, usage)
    steps = (*(first[0].split(".") if first else ()), *call.path)
    if not steps:
        raise DirectiveError(f"${call.name} lacks a path", usage)
    return steps


def _file(context: Context, call: Call, place: Place) -> Node:
    (name,) = texts("File", _known(call, context.values(call, place)), 1, 1, "$File('settings.json').name")
    folder = place.document.source.folder
    if (folder, name) not in context.files:  # a thousand pools may read one file
        context.files[folder, name] = files.parsed(folder, name, place.position)
    return context.follow(context.files[folder, name], call.path, place)


def _file_raw(context: Context, call: Call, place: Place) -> Node:
    _no_path(call)
    (name,) = texts("FileRaw", _known(call, context.values(call, place)), 1, 1, "$FileRaw('login.css')")
    return Scalar(place.position, files.raw(place.document.source.folder, name).text, quoted=True)


def _cli_args(context: Context, call: Call, place: Place) -> Node:
    _no_path(call)
    usage = "$CliArgs('name', default)"
    values = _known(call, context.values(call, place))
    (name,) = texts("CliArgs", values[:1], 1, 1, usage)
    if len(values) > 2:
        raise DirectiveError("$CliArgs has too many arguments", usage)
    if name in context.options.args:
        return Scalar(place.position, _typed(context.options.args[name]))
    if len(values) == 2:
        return Scalar(place.position, values[1])
    raise DirectiveError(
        f"no argument {name!r} was given", f"--arg {name}=VALUE", nearest(name, context.options.args)
    )


def _typed(text: str) -> Value:
    """A command line argument as Stacktape reads it: true, false and numbers are no texts."""
    if text[:1] == text[-1:] and text[:1] in ('"', "'") and len(text) > 1:
        return text[1:-1]
    try:
        value = scalars.core(text)
    except scalars.TooLong:
        return text
    return value if isinstance(value, (bool, int)) and str(value).lower() == text else text


def _git_info(context: Context, call: Call, place: Place) -> Node:
    _no_path(call)
    (what,) = texts("GitInfo", _known(call, context.values(call, place)), 1, 1, "$GitInfo('commit')")
    context.collector.warn(place.position, place.path, "what git says changes from commit to commit")
    return Scalar(place.position, git.git_info(place.document.source.folder, what))


Directive = Callable[[Context, Call, Place], Node]

DIRECTIVES: Final[dict[str, Directive]] = {
    "Stage": _simple(lambda options: options.stage, ex.StageName()),
    "Region": _simple(lambda options: options.region, ex.RegionName()),
    "AwsAccountId": _account,
    "Profile": _profile,
    "Format": _format,
    "CfFormat": _format,
    "Var": _var,
    "This": _this,
    "File": _file,
    "FileRaw": _file_raw,
    "CliArgs": _cli_args,
    "GitInfo": _git_info,
}
"""Directive name -> what answers it."""

NAMES: Final = tuple(DIRECTIVES)
