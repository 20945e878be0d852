"""Characters that a reader would not see, or would see in another order: control, bidi, invisible."""

from __future__ import annotations

import json
import re
from typing import Final

# Spelt out, not asked of `unicodedata`: the bytes of a file must not depend on the Unicode release
# of a Python.
HIDDEN: Final = (
    r"\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    r"\u2028-\u202f\u205f-\u206f\u2800\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0"
    r"\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff"
)
"""The inside of a regular expression's character class; also unassigned and private ones, half surrogates."""

_ANY = re.compile(f"[{HIDDEN}]")
_BUT_LINES = re.compile(f"(?!\n)[{HIDDEN}]")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str, *, lines: bool = False) -> str:
    """`text` with each hidden character as an escape (`\\u202e`); `lines`: newlines stay as they are.

    The result is safe for a terminal, can be encoded in UTF-8 and may stand in XML.
    """
    return (_BUT_LINES if lines else _ANY).sub(_escape, text)


def visible_json(document: object) -> str:
    """JSON of two spaces, with each hidden character as an escape that JSON readers turn back."""
    text = json.dumps(document, indent=2, ensure_ascii=False)
    return _BUT_LINES.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n"


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return _SHORT.get(found[0]) or (f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}")
