"""tfgen init"""

from __future__ import annotations

from pathlib import Path

import click

from tfgen.errors import OutputError


@click.command("init")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File to write instead of printing.")
@click.option("--force", is_flag=True, help="Overwrite the file.")
def command(out: Path | None, force: bool) -> None:
    """Write a commented starter spec.

    \b
    tfgen init > pools.yml
    tfgen init -o pools.yml
    """
    from tfgen.explain.starter import starter
    from tfgen.report.output import write_file

    if out is None:
        click.echo(starter(), nl=False)
        return
    if out.is_dir():
        raise OutputError(f"{out} is a folder; give the name of a file")
    if out.exists() and not force:
        raise OutputError(f"{out} is there already; --force overwrites it")
    write_file(out, starter())
    click.echo(f"wrote {out}", err=True)
