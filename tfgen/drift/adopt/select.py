"""Which findings the paths of a command line mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tfgen.drift.globs import GlobError, Globs, globs
from tfgen.errors import UsageError
from tfgen.finding import Finding


@dataclass(frozen=True, slots=True)
class Selection:
    """The findings that some path means, in their order, and the paths that mean none."""

    findings: tuple[Finding, ...]
    unmatched: tuple[str, ...]


def select(findings: Sequence[Finding], paths: Iterable[str]) -> Selection:
    """Findings by Terraform path, `resource:path` or spec path; globs as in .gitignore.

    `password_policy` means all arguments below it, `aws_cognito_user_pool.this:` all of a resource.
    Raises UsageError for a path that cannot be one.
    """
    chosen: set[int] = set()
    unmatched: list[str] = []
    for path in paths:
        hits = {place for place, finding in enumerate(findings) if _means(path, finding)}
        chosen |= hits
        if not hits:
            unmatched.append(path)
    return Selection(tuple(findings[place] for place in sorted(chosen)), tuple(unmatched))


def _means(path: str, finding: Finding) -> bool:
    return _is_spec_path(path, finding) or _is_argument(path, finding) or _is_of_resource(path, finding)


def _is_spec_path(path: str, finding: Finding) -> bool:
    wanted = path.replace("[", ".").replace("]", "").strip(".")
    if not wanted or not finding.spec_path:
        return False
    return any(
        given == wanted or given.startswith(f"{wanted}.")
        for given in (finding.spec_path, finding.spec_path.removeprefix("resources."))
    )


def _is_argument(path: str, finding: Finding) -> bool:
    return finding.path != "" and _made(path, resource=False).matches(finding.path)


def _is_of_resource(path: str, finding: Finding) -> bool:
    resource, colon, argument = path.partition(":")
    if not colon or "." not in resource or '"' in resource:
        return False
    if not _made(resource, resource=True).matches_address(finding.address):
        return False
    return not argument or (finding.path != "" and _made(argument, resource=False).matches(finding.path))


def _made(pattern: str, *, resource: bool) -> Globs:
    try:
        return globs((pattern,), "resource" if resource else "path")
    except GlobError as error:
        raise UsageError(f"--accept {pattern[:60]!r}: {error}") from None
