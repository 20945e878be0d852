"""tfgen schema"""

from __future__ import annotations

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of the spec language, for editors.

    \b
    tfgen schema > tfgen.schema.json

    \b
    The first line of a spec then lets an editor complete and check it:
    # yaml-language-server: $schema=tfgen.schema.json
    """
    import json

    from tfgen.spec.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
