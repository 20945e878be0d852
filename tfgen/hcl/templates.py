"""Finding the Jinja2 templates: in a checkout, in an installed package, and a team's own on top."""

from __future__ import annotations

import difflib
import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tfgen.errors import OutputError

if TYPE_CHECKING:
    from jinja2 import Environment

SUFFIX: Final = ".tf.j2"
FOLDERS: Final = ("common", "gateway", "module", "root")

_PACKAGE = Path(__file__).resolve().parents[1]


def built_in() -> Path:
    """The folder of tfgen's own templates: inside the installed package, else beside it in a checkout."""
    installed = _PACKAGE / "_templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


class Templates:
    """The templates of one run, each read and compiled once.

    `own`: a folder whose files stand in for the built-in ones of the same name; new ones in
    `module/`, `gateway/` and `root/` become further files. Raises OutputError where `own` cannot
    be read or holds a file that would never be used.
    """

    def __init__(self, own: Path | None = None) -> None:
        names = _names(built_in())
        folders = [built_in()]
        self._own: frozenset[str] = frozenset()
        if own is not None:
            if not own.is_dir():
                raise OutputError(f"{own} is not a folder with templates")
            folders.insert(0, own)
            self._own = frozenset(_checked(_names(own), names, own))
            names |= self._own
        self.names = frozenset(names)
        self._environment = _environment(tuple(folders))

    def files(self, folder: str) -> list[str]:
        """The files that the templates of a folder write, in the order in which they take resources.

        A team's own come first, so that they may take what a built-in one would; the catch-all is last.
        """
        found = [name for name in self.names if name.startswith(f"{folder}/")]
        catch_all = f"{folder}/other{SUFFIX}"
        found.sort(key=lambda name: (name == catch_all, name not in self._own, name))
        return [name.removeprefix(f"{folder}/").removesuffix(SUFFIX) for name in found]

    def text(self, name: str, values: dict[str, Any]) -> str:
        """What the template `folder/name` makes of `values`, without empty lines at its ends.

        Raises OutputError naming the template where it is broken.
        """
        from jinja2 import TemplateError, TemplateSyntaxError

        file = f"{name}{SUFFIX}"
        try:
            text = self._environment.get_template(file).render(values)
        except TemplateSyntaxError as error:
            raise OutputError(
                f"template {error.name or file}, line {error.lineno}: {error.message}"
            ) from error
        except TemplateError as error:
            raise OutputError(f"template {file}: {error.message}") from error
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            if file not in self._own:
                raise
            raise OutputError(f"template {file}: {error}") from error
        return text.strip("\n")


def _names(folder: Path) -> set[str]:
    try:
        return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    except OSError as error:
        raise OutputError(f"cannot read the templates in {folder}: {error.strerror}") from error


def _checked(own: set[str], known: set[str], folder: Path) -> set[str]:
    """The team's templates; a misspelt name would otherwise be ignored in silence."""
    used = {name for name in own if not any(part.startswith(".") for part in name.split("/"))}
    for name in sorted(used - known):
        head, _, rest = name.partition("/")
        new_file = head in FOLDERS and head != "common" and rest.endswith(SUFFIX) and "/" not in rest
        if not new_file:
            near = difflib.get_close_matches(name, known, n=1)
            hint = (
                f"; did you mean {near[0]}?" if near else f"; templates are called {', '.join(sorted(known))}"
            )
            raise OutputError(f"{folder / name} would never be used{hint}")
    return {name for name in used if name.endswith(SUFFIX)}


@functools.cache
def _environment(folders: tuple[Path, ...]) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - HCL, quoted by tfgen.hcl.values
        auto_reload=False,
        cache_size=-1,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
