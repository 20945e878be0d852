"""Regenerates tests/provider_schema/aws_6.json from the public bindings of the AWS provider.

    .venv/bin/python tests/tools/extract_provider_schema.py [--package REQUIREMENT] [--wheel FILE]

The provider's 6.x binary is not needed for this: the CDK for Terraform bindings on the Python
package index are generated from its schema. Their wheel (about 70 MB) holds one JavaScript
module per resource, whose source map carries the TypeScript source with, for every argument,

    // name - computed: true, optional: true, required: false
    name: { value: …, isBlock: false, type: "set", storageClassType: "stringList" }

The older package `cdktf-cdktf-provider-aws` has the same form and ends with provider 6.25.
What the bindings do not say (what a change replaces, what is sensitive, limits) stands in
supplement.json. When this fails or finds other shapes, the generator of the bindings changed.
"""

from __future__ import annotations

import argparse
import base64
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PACKAGE: Final = "cdktn-provider-aws==25.7.0"
OUTPUT: Final = Path(__file__).parents[1] / "provider_schema" / "aws_6.json"

KINDS: Final = (
    "aws_apigatewayv2_api",
    "aws_apigatewayv2_authorizer",
    "aws_apigatewayv2_integration",
    "aws_apigatewayv2_route",
    "aws_apigatewayv2_stage",
    "aws_cognito_identity_provider",
    "aws_cognito_user_pool",
    "aws_cognito_user_pool_client",
    "aws_cognito_user_pool_domain",
    "aws_cognito_user_pool_ui_customization",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_lambda_permission",
    "aws_route53_record",
    "aws_wafv2_web_acl_association",
)

_SIMPLE: Final = {"string": "string", "number": "number", "boolean": "bool"}
_CLASS = re.compile(r"^export class (\w+) extends .*?^\}", re.MULTILINE | re.DOTALL)
_TO_HCL = re.compile(r"^export function (\w+)ToHclTerraform\(.*?^\}", re.MULTILINE | re.DOTALL)
_FLAGS = re.compile(r"// (\w+) - computed: (true|false), optional: (true|false), required: (true|false)")
_ENTRY = re.compile(
    r'^\s+(\w+): \{\s+value: [^\n]*\n\s+isBlock: (true|false),\s+type: "(\w+)",\s+storageClassType: "(\w+)"',
    re.MULTILINE,
)
_RESOURCE_TYPE = re.compile(r'static readonly tfResourceType = "(\w+)"')


@dataclass(frozen=True)
class Source:
    """One resource's TypeScript source, by its pieces."""

    classes: dict[str, str]
    writers: dict[str, str]
    """The ToHclTerraform function of each struct, by the struct's lower-case name."""

    @classmethod
    def of(cls, text: str) -> Source:
        return cls(
            {match[1]: match[0] for match in _CLASS.finditer(text)},
            {match[1].lower(): match[0] for match in _TO_HCL.finditer(text)},
        )

    def resource(self) -> tuple[str, dict[str, Any]]:
        """The Terraform type and its block."""
        for text in self.classes.values():
            if found := _RESOURCE_TYPE.search(text):
                entries = text.partition("synthesizeHclAttributes()")[2]
                return found[1], self._block(text, entries)
        raise ValueError("no resource class in the source")

    def _block(self, owner: str, entries: str) -> dict[str, Any]:
        """Arguments, nested blocks and read-only names; `owner` is the class, `entries` what it writes."""
        flags = {match[1]: (match[2] == "true", match[4] == "true") for match in _FLAGS.finditer(owner)}
        arguments: dict[str, Any] = {}
        blocks: dict[str, Any] = {}
        for name, is_block, form, storage in _ENTRY.findall(entries):
            computed, required = flags[name]
            if is_block == "true":
                blocks[name] = self._nested(owner, name, form, storage) | {"required": required}
            else:
                arguments[name] = {"type": _type(form, storage), "required": required}
                if computed:
                    arguments[name]["computed"] = True
        read_only = sorted(flags.keys() - arguments.keys() - blocks.keys())
        return {"arguments": arguments, "blocks": blocks, "attributes": read_only}

    def _nested(self, owner: str, name: str, form: str, storage: str) -> dict[str, Any]:
        # A list that can hold one item only is read through an OutputReference, others through a List.
        single = re.search(rf'= new \w+OutputReference\(this, "{name}"\)', owner) is not None
        struct = storage.removesuffix("List") if not single or storage.endswith("List") else storage
        inner = self._block(self.classes[f"{struct}OutputReference"], self.writers[struct.lower()])
        return {"nesting": "single" if form == "struct" else form, "max": 1 if single else None, **inner}


def _type(form: str, storage: str) -> str:
    if form == "simple":
        return _SIMPLE[storage]
    element = _SIMPLE[re.sub(r"(List|Map)$", "", storage)]
    if form not in {"list", "map", "set"}:
        raise ValueError(f"unknown form {form} of {storage}")
    return f"{form}({element})"


def sources(bindings: bytes) -> Iterator[tuple[str, str]]:
    """(module name, TypeScript source) of our kinds' modules in the JavaScript package of the wheel."""
    wanted = {kind.removeprefix("aws_").replace("_", "-") for kind in KINDS}
    with tarfile.open(fileobj=io.BytesIO(bindings)) as archive:
        for member in archive:
            found = re.fullmatch(r"package/lib/([\w-]+)/index\.js", member.name)
            if not found or found[1] not in wanted:
                continue
            stream = archive.extractfile(member)
            assert stream is not None
            encoded = stream.read().partition(b"sourceMappingURL=data:application/json;base64,")[2].split()[0]
            yield found[1], json.loads(base64.b64decode(encoded))["sourcesContent"][0]


def provider_version(bindings: bytes) -> str:
    """The provider release that the bindings were made from."""
    with tarfile.open(fileobj=io.BytesIO(bindings)) as archive:
        stream = archive.extractfile("package/package.json")
        assert stream is not None
        version: str = json.load(stream)["cdktf"]["provider"]["version"]
        return version


def download(package: str, folder: Path) -> Path:
    """The package's wheel, through pip as this machine has it set up."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--quiet",
        "--dest",
        str(folder),
        package,
    ]
    subprocess.run(command, check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def extract(wheel: Path) -> dict[str, Any]:
    """The whole fixture."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".jsii.tgz"))
        bindings = archive.read(name)
    kinds = dict(Source.of(text).resource() for _, text in sources(bindings))
    if missing := set(KINDS) - kinds.keys():
        raise ValueError(f"the wheel lacks {sorted(missing)}")
    return {"provider": provider_version(bindings), "source": wheel.name, "kinds": kinds}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--package", default=PACKAGE, help="requirement to download (%(default)s)")
    parser.add_argument("--wheel", type=Path, help="a wheel that is already here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fixture = extract(options.wheel or download(options.package, Path(folder)))
    OUTPUT.write_text(json.dumps(fixture, indent=1, sort_keys=True) + "\n")
    print(f"{OUTPUT}: {len(fixture['kinds'])} kinds of provider {fixture['provider']}")


if __name__ == "__main__":
    main()
