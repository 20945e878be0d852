"""tfgen render"""

from __future__ import annotations

from pathlib import Path

import click

from tfgen.cli import exit_codes
from tfgen.cli.options import Sources, spec_options
from tfgen.errors import UsageError


@click.command("render")
@spec_options
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Folder that gets the files.")
@click.option("--no-root", is_flag=True, help="Modules only, no root module around them.")
@click.option(
    "--templates",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with your own templates.",
)
@click.option("--force", is_flag=True, help="Overwrite files that were edited by hand.")
@click.option("--stdout", is_flag=True, help="Print the files instead of writing them.")
@click.option(
    "--check", is_flag=True, help="Write nothing; exit 2 when the files are not what the spec gives."
)
def command(
    sources: Sources,
    out: Path | None,
    no_root: bool,
    templates: Path | None,
    force: bool,
    stdout: bool,
    check: bool,
) -> int:
    """Write the Terraform modules of a spec.

    \b
    tfgen render pools.yml -o infra
    tfgen render pools.yml -o infra --check      in CI: are the files up to date?
    tfgen render pools.yml --stdout | less

    Exit codes: 0 written or up to date, 1 an error, 2 (--check) files differ.
    """
    from tfgen.hcl.render import render
    from tfgen.kinds import lower

    if out is None and not stdout:
        raise UsageError("give -o FOLDER, or --stdout to print the files")
    if stdout and (check or out is not None):
        raise UsageError("--stdout goes with neither -o nor --check")
    spec = sources.spec()
    files = render(
        lower(spec), sources=spec.sources, region=sources.region, root=not no_root, templates=templates
    )
    if out is None:
        for path, text in files.items():
            click.echo(f"# ---- {path}\n{text}")
        return exit_codes.CLEAN
    if check:
        return _check(files, out, sources)
    return _write(files, out, force, sources)


def _check(files: dict[str, str], out: Path, sources: Sources) -> int:
    from tfgen.hcl.check import check

    differences = check(files, out)
    for difference in differences:
        click.echo(str(difference))
    if not differences:
        sources.say(f"{out}: {len(files)} files are what the spec gives")
    return exit_codes.CHANGED if differences else exit_codes.CLEAN


def _write(files: dict[str, str], out: Path, force: bool, sources: Sources) -> int:
    from tfgen.hcl.write import write

    written = write(files, out, force=force)
    for path in written.changed:
        click.echo(f"wrote {out / path}")
    for path in written.removed:
        click.echo(f"removed {out / path}")
    sources.say(
        f"{len(written.changed)} written, {len(written.removed)} removed, {len(written.unchanged)} unchanged"
    )
    return exit_codes.CLEAN
