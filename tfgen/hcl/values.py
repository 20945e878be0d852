"""Values as Terraform text: the only place in tfgen that quotes.

Whatever a spec says arrives in Terraform as the same value and never as anything else: no string
becomes an expression, a block or a second argument. HCL escapes are described in
https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#template-expressions; strings reach
Terraform in Unicode normal form C, which is cty's doing and not ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from tfgen.errors import OutputError
from tfgen.hidden import HIDDEN
from tfgen.resource import Call, FromData, Ref, Template, Variable, terraform_name
from tfgen.sensitive import Sensitive

Resolver = Callable[[Ref | Variable | FromData], str]
"""Gives the expression text of a reference as seen from one module (`var.x`, `aws_y.z.id`, …)."""

WIDTH: Final = 100
"""A list longer than this many characters gets one line for each member."""

MARKER: Final = "EOT"

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
# `{ for` opens a for expression, and the others are values, so none can be a bare object key.
_RESERVED = frozenset({"for", "true", "false", "null"})
_HIDDEN_CHARACTER = re.compile(f"[{HIDDEN}]")
_HIDDEN_IN_TEXT = re.compile(f"(?![\\n\\t])[{HIDDEN}]")
_SPECIAL = re.compile(f'["\\\\{HIDDEN}]|[$%]\\{{')
# Surely one column wide, in every terminal and for `terraform fmt`.
_UNSURE = re.compile(r"[^ -~\xa1-\xac\xae-\u02ff\u0370-\u0377\u0384-\u0482\u048a-\u052f\u4e00-\u9fff]")
# Terraform's normaliser takes a character above U+FFFF for the one with the same lower 16 bits and
# composes that with the mark behind it (golang.org/x/text/unicode/norm, `combine`).
_MISCOMPOSED = re.compile(r"([\U00010000-\U0010ffff])([\u0300-\u036f\u0653-\u0655\u093c\u3099\u309a]+)")
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\", "${": "$${", "%{": "%%{"}


def quoted(text: str) -> str:
    """`text` as a quoted string that Terraform reads back unchanged.

    Control characters, bidi controls and everything else that a reviewer cannot see is written as
    an escape. Raises OutputError for what no Terraform string can hold (NUL, lone surrogates).
    """
    return f'"{_escaped(text)}"'


def object_key(text: str) -> str:
    """An object key: bare where HCL allows it, else quoted.

    Only characters that are surely one column wide stay as they are, because `terraform fmt` lines
    up the equals signs by what it thinks is visible.
    """
    if _IDENTIFIER.fullmatch(text) and text not in _RESERVED:
        return text
    return f'"{_UNSURE.sub(lambda found: _escape(found[0]), _escaped(text))}"'


def identifier(text: str) -> str:
    """`text` as a Terraform name; a leading digit gets an underscore before it.

    Raises OutputError for anything else Terraform would refuse: a name is never bent silently.
    """
    name = terraform_name(text)
    if not _IDENTIFIER.fullmatch(name):
        raise OutputError(
            f"{text!r} cannot be a Terraform name: use the letters A to Z, digits, '_' and '-', letter first"
        )
    return name


def is_identifier(text: str) -> bool:
    """Whether `text` can stand bare as a name or as a key of an object type."""
    return _IDENTIFIER.fullmatch(text) is not None and text not in _RESERVED


def traversal(*names: str, key: str | None = None) -> str:
    """`a.b.c`, each step a name; `key` picks a member of an object or map."""
    text = ".".join(identifier(name) for name in names)
    if key is None:
        return text
    return f"{text}.{key}" if is_identifier(key) else f"{text}[{quoted(key)}]"


def comment(text: str) -> str:
    """`text` as the content of a one-line comment: nothing in it can end the line."""
    return _HIDDEN_CHARACTER.sub(lambda found: _escape(found[0]), text)


def heredoc(text: str) -> str | None:
    """A long text as reviewers like to read it, or None where it would not arrive unchanged.

    A heredoc knows no escapes but `$${` and `%%{`, ends every line with a newline, and stops at the
    first line that is nothing but its marker.
    """
    if not text.endswith("\n") or text.count("\n") < 2:
        return None
    lines = text[:-1].split("\n")
    if any(line.strip() == MARKER for line in lines):
        return None
    if _HIDDEN_IN_TEXT.search(text) or _MISCOMPOSED.search(text):
        return None
    body = text.replace("${", "$${").replace("%{", "%%{")
    return f"<<{MARKER}\n{body}{MARKER}"


def no_references(reference: Ref | Variable | FromData) -> str:
    """The resolver for places where nothing may refer to anything."""
    raise TypeError(f"no reference can be resolved here: {reference!r}")


def literal(value: Any, resolve: Resolver = no_references, indent: int = 0, *, one_line: bool = False) -> str:
    """`value` as a Terraform expression, laid out as `terraform fmt` would.

    `indent`: levels (of two spaces) of the line the expression starts on; `one_line` forbids
    line breaks. Sets are sorted by their text, maps by key. Raises OutputError for strings that
    Terraform cannot hold and TypeError for what must never be written: None, Unknown, and secrets.
    """
    match value:
        case str():
            return quoted(value)
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal() | float():
            return _number(value)
        case Ref() | Variable() | FromData():
            return resolve(value)
        case Template():
            return _template(value, resolve)
        case Call():
            return _call(value, resolve, indent, one_line)
        case list() | tuple():
            return _sequence(value, resolve, indent, one_line)
        case frozenset() | set():
            texts = {literal(item, resolve, one_line=True): item for item in value}
            return _sequence([texts[text] for text in sorted(texts)], resolve, indent, one_line)
        case Mapping():
            return _mapping(value, resolve, indent, one_line)
        case Sensitive():
            raise TypeError("a secret must never be written into a file")
        case _:
            raise TypeError(f"no Terraform text for a value of type {type(value).__name__}")


def assignments(pairs: Iterable[tuple[str, str]], indent: int) -> list[str]:
    """`key = expression` lines; equals signs line up in runs of one-line expressions.

    `pairs` hold finished texts. A heredoc counts as one line, as it does for `terraform fmt`.
    """
    lines: list[str] = []
    run: list[tuple[str, str]] = []
    for name, text in pairs:
        if "\n" in text and not text.startswith("<<"):
            lines += _aligned(run, indent)
            run = []
            lines.append(f"{'  ' * indent}{name} = {text}")
        else:
            run.append((name, text))
    return lines + _aligned(run, indent)


def _aligned(run: list[tuple[str, str]], indent: int) -> list[str]:
    width = max((len(name) for name, _ in run), default=0)
    return [f"{'  ' * indent}{name:<{width}} = {text}" for name, text in run]


def _escaped(text: str) -> str:
    if not text.isascii() and any(_is_miscomposed(*found.groups()) for found in _MISCOMPOSED.finditer(text)):
        raise OutputError("Terraform would alter a text with a combining mark on a character above U+FFFF")
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0]) or _escape(found[0]), text)


def _is_miscomposed(letter: str, marks: str) -> bool:
    import unicodedata

    base = chr(ord(letter) & 0xFFFF)
    return any(len(unicodedata.normalize("NFC", base + mark)) == 1 for mark in marks)


def _escape(letter: str) -> str:
    code = ord(letter)
    if code == 0:
        raise OutputError("a Terraform string cannot hold the character NUL (U+0000)")
    if 0xD800 <= code <= 0xDFFF:
        raise OutputError(f"a Terraform string cannot hold U+{code:04X}, half of a surrogate pair")
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _number(value: Decimal | float) -> str:
    number = Decimal(repr(value)) if isinstance(value, float) else value
    if not number.is_finite():
        raise OutputError(f"{number} is not a number that Terraform can hold")
    return format(number, "f")


def _template(value: Template, resolve: Resolver) -> str:
    """A string with interpolations; a lone reference stays bare, as `terraform fmt` would make it."""
    parts: list[Any] = []
    for part in value.parts:
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        elif part != "":
            parts.append(part)
    if not parts:
        return '""'
    if len(parts) == 1 and not isinstance(parts[0], str):
        return literal(parts[0], resolve, one_line=True)
    texts: list[str] = []
    for position, part in enumerate(parts):
        if not isinstance(part, str):
            texts.append(f"${{{literal(part, resolve, one_line=True)}}}")
            continue
        text = _escaped(part)
        if position + 1 < len(parts) and text[-1] in "$%":
            # `$` right before `${` would be read as the escape `$${`.
            text = text[:-1] + _escape(text[-1])
        texts.append(text)
    return f'"{"".join(texts)}"'


def _call(value: Call, resolve: Resolver, indent: int, one_line: bool) -> str:
    lone = len(value.arguments) == 1
    arguments = [literal(item, resolve, indent, one_line=one_line or not lone) for item in value.arguments]
    text = f"{identifier(value.function)}({', '.join(arguments)})"
    match value.index:
        case None:
            return text
        case int():
            return f"{text}[{value.index}]"
        case _:
            return f"{text}[{quoted(value.index)}]"


def _sequence(items: Iterable[Any], resolve: Resolver, indent: int, one_line: bool) -> str:
    items = list(items)
    flat = one_line or not any(isinstance(item, Mapping) for item in items)
    if flat:
        text = f"[{', '.join(literal(item, resolve, indent, one_line=True) for item in items)}]"
        if one_line or len(text) + 2 * indent <= WIDTH or len(items) < 2:
            return text
    inner = "  " * (indent + 1)
    lines = [f"{inner}{literal(item, resolve, indent + 1)}," for item in items]
    return "\n".join(["[", *lines, "  " * indent + "]"])


def _mapping(value: Mapping[str, Any], resolve: Resolver, indent: int, one_line: bool) -> str:
    if not value:
        return "{}"
    names = sorted(value)
    if one_line:
        members = [f"{object_key(name)} = {literal(value[name], resolve, one_line=True)}" for name in names]
        return f"{{ {', '.join(members)} }}"
    pairs = [(object_key(name), literal(value[name], resolve, indent + 1)) for name in names]
    return "\n".join(["{", *assignments(pairs, indent + 1), "  " * indent + "}"])
