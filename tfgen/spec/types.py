"""The building blocks of the property models: text, numbers and secrets with limits.

pydantic checks lengths and ranges; what is added here is that a runtime directive may
stand for a text, that shapes are explained in words, and that a secret is wrapped before
anything can print it. All of them describe themselves for the JSON Schema.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from tfgen.sensitive import Sensitive
from tfgen.spec.expressions import Expression
from tfgen.spec.nodes import kind_of_value


class Properties(BaseModel):
    """A part of the spec language: the spec's names only, nothing unknown, never changed, never echoed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


def prop(
    default: Any,
    alias: str,
    description: str,
    *,
    stacktape: str = "",
    why: str = "",
    default_text: str = "",
    factory: Any = None,
    since: str = "",
) -> Any:
    """One property of the spec language.

    `stacktape` is Stacktape's own default in words, `why` the reason when ours differs,
    `default_text` the default in words where code derives it, `since` is "newer" for what
    only today's Stacktape has.
    """
    extra: dict[str, Any] = {"stacktape": stacktape, "why": why}
    if default_text:
        extra["default_text"] = default_text
    if since:
        extra["since"] = since
    if factory is not None:
        return Field(default_factory=factory, alias=alias, description=description, json_schema_extra=extra)
    return Field(default, alias=alias, description=description, json_schema_extra=extra)


@dataclass(frozen=True, slots=True)
class Text:
    """Text of `shortest` to `longest` characters; all of it fits `pattern`, which `says` puts in words.

    A runtime directive passes: its text is not known, so no limit can be applied.
    """

    shortest: int = 0
    longest: int | None = None
    pattern: str = ""
    says: str = ""
    runtime: bool = True

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        inner = core_schema.str_schema(strict=True, min_length=self.shortest or None, max_length=self.longest)
        return core_schema.no_info_wrap_validator_function(self._check, inner)

    def _check(self, value: Any, handler: Any) -> Any:
        if isinstance(value, Expression):
            if self.runtime:
                return value
            raise PydanticCustomError("runtime", "cannot be a value that only a deployment knows")
        if isinstance(value, str) and not self._fits(len(value)):
            said = {"length": len(value), "allowed": self._length()}
            raise PydanticCustomError("length", "has {length} characters", said)
        text = handler(value)
        if self.pattern and not re.fullmatch(self.pattern, text):
            raise PydanticCustomError("shape", "does not have the right form", {"allowed": self.says})
        return text

    def _fits(self, length: int) -> bool:
        return self.shortest <= length and (self.longest is None or length <= self.longest)

    def _length(self) -> str:
        if self.longest is None:
            return f"{self.shortest} or more characters"
        return f"{self.shortest} to {self.longest} characters"

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        literal = handler(schema)
        if self.pattern:
            literal["pattern"] = f"^(?:{self.pattern})$"
        return literal


ResourceName = Annotated[
    str, Text(1, 64, r"[A-Za-z0-9]+", "1 to 64 letters and digits, nothing else", runtime=False)
]
"""The key of another resource of the spec."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`; `8.0` is one too, as in JSON."""

    least: int
    most: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        inner = core_schema.int_schema(strict=True, ge=self.least, le=self.most)
        return core_schema.no_info_before_validator_function(self._check, inner)

    def _check(self, value: Any) -> Any:
        value = _integral(value)
        if isinstance(value, int) and not isinstance(value, bool) and not self.least <= value <= self.most:
            said = {"value": str(value)[:40], "allowed": f"{self.least} to {self.most}"}
            raise PydanticCustomError("range", "{value} is out of range", said)
        return value


@dataclass(frozen=True, slots=True)
class Number:
    """A finite number of at most 2^1023 in size, the largest that Cognito takes."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._check)

    @staticmethod
    def _check(value: Any) -> int | float:
        value = _integral(value)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise PydanticCustomError(
                "number", "must be a number, not {kind}", {"kind": kind_of_value(value)}
            )
        if (isinstance(value, float) and math.isnan(value)) or abs(value) > 2**1023:
            raise PydanticCustomError(
                "number_size", "is not a number that Cognito takes", {"allowed": "at most 2^1023"}
            )
        return value

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "number"}


@dataclass(frozen=True, slots=True)
class Single:
    """Text, a number, true or false, because the Cognito API takes no lists and mappings here."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._check)

    @staticmethod
    def _check(value: Any) -> Any:
        if isinstance(value, (dict, list, tuple)) or value is None:
            said = {"kind": kind_of_value(value), "allowed": "text, a number, true or false"}
            raise PydanticCustomError("single", "must be a single value, not {kind}", said)
        return value

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": ["string", "number", "boolean"]}


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret: text becomes `Sensitive` at once, and no message tells anything of it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(secret)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "minLength": 1}


def secret(value: Any) -> Sensitive | Expression:
    """A secret from what the spec holds; raises PydanticCustomError without a word of the value."""
    if isinstance(value, (Sensitive, Expression)):
        return value
    if isinstance(value, str) and value:
        return Sensitive(value)
    raise PydanticCustomError("secret", "must be text", {"allowed": "best a directive: $Secret('name.key')"})


def _integral(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
