"""`render --check` names files and arguments, and never shows a secret."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tfgen.errors import OutputError
from tfgen.hcl.check import ArgumentDifference, FileStatus, check
from tfgen.hcl.parse import ParseError, arguments
from tfgen.hcl.write import write
from tfgen.sensitive import MASK

POOL = """\
# Generated
resource "aws_cognito_user_pool" "this" {
  name              = "main"
  mfa_configuration = "ON"

  # spec: schema
  schema {
    name                = "a"
    attribute_data_type = "String"
  }

  schema {
    name                = "b"
    attribute_data_type = "String"
  }

  password_policy {
    minimum_length = 8
  }
}
"""
PROVIDER = """\
resource "aws_cognito_identity_provider" "google" {
  provider_name = "Google"
  provider_details = {
    client_id     = "id"
    client_secret = jsondecode(data.aws_secretsmanager_secret_version.s.secret_string)["k"]
  }
}

variable "apple" {
  description = "x"
  sensitive   = true
}
"""
FILES = {
    "main.tf": 'module "p" {\n  source = "./modules/p"\n}\n',
    "modules/p/main.tf": POOL,
    "modules/p/idp.tf": PROVIDER,
}


def edited(out: Path, path: str, *changes: tuple[str, str]) -> None:
    text = (out / path).read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (out / path).write_text(text)


def the_arguments(out: Path, path: str) -> list[ArgumentDifference]:
    (difference,) = check(FILES, out)
    assert (difference.path, difference.status) == (path, FileStatus.DIFFERENT)
    return list(difference.arguments)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    write(FILES, tmp_path / "out")
    return tmp_path / "out"


def test_nothing_to_say(out: Path) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in out.rglob("*"))
    assert check(FILES, out) == []
    assert sorted((path, path.stat().st_mtime_ns) for path in out.rglob("*")) == before


def test_missing_and_extra_files(out: Path, tmp_path: Path) -> None:
    (out / "main.tf").unlink()
    (out / "modules/p/mine.tf").write_text("# of a person\n")
    files = {path: text for path, text in FILES.items() if path != "modules/p/idp.tf"}
    found = [(difference.path, difference.status) for difference in check(files, out)]
    assert found == [("main.tf", FileStatus.MISSING), ("modules/p/idp.tf", FileStatus.EXTRA)]
    assert [difference.path for difference in check(FILES, tmp_path / "none")] == sorted(FILES)


def test_arguments_by_address_and_path(out: Path) -> None:
    edited(
        out,
        "modules/p/main.tf",
        ('mfa_configuration = "ON"', 'mfa_configuration = "OFF"'),
        ('    name                = "b"\n    attribute_data_type = "String"', '    name = "b"'),
        ("    minimum_length = 8\n", "    minimum_length = var.x\n    require_symbols = false\n"),
    )
    address = "module.p.aws_cognito_user_pool.this"
    assert the_arguments(out, "modules/p/main.tf") == [
        ArgumentDifference(address, "mfa_configuration", '"ON"', '"OFF"'),
        ArgumentDifference(address, 'schema["b"].attribute_data_type', '"String"', None),
        ArgumentDifference(address, "password_policy.minimum_length", "8", "var.x"),
        ArgumentDifference(address, "password_policy.require_symbols", None, "false"),
    ]


def test_differences_read_as_plain_lines(out: Path) -> None:
    edited(
        out,
        "modules/p/main.tf",
        ('name              = "main"', 'name              = "\x1b[31m' + "x" * 500 + '"'),
        ("  password_policy {\n    minimum_length = 8\n  }\n", ""),
        ('mfa_configuration = "ON"', "tags = {}"),
    )
    (out / "main.tf").write_text("}")
    (out / "modules/p/idp.tf").write_text(f"# mine\n{PROVIDER}")
    first, second, third = map(str, check(FILES, out))
    assert first.startswith("main.tf: cannot be parsed (line 1, column 1: not valid HCL)")
    assert second == "modules/p/idp.tf: different (only comments, order or layout differ)"
    lines = third.splitlines()
    pool = "module.p.aws_cognito_user_pool.this"
    assert lines[0] == "modules/p/main.tf: different"
    assert lines[1].startswith(f'  {pool} name is "\\u001b[31mxxx')
    assert lines[1].endswith('xxx…, the spec gives "main"')
    assert lines[2] == f'  {pool} mfa_configuration is missing, the spec gives "ON"'
    assert lines[3] == f"  {pool} password_policy.minimum_length is missing, the spec gives 8"
    assert lines[4] == f"  {pool} tags is {{}}, the spec has no such argument"


def test_an_empty_block_or_map_counts(out: Path) -> None:
    edited(
        out,
        "modules/p/main.tf",
        ("  password_policy {", "  tags = {}\n  device_configuration {}\n  password_policy {"),
    )
    address = "module.p.aws_cognito_user_pool.this"
    assert sorted(map(str, the_arguments(out, "modules/p/main.tf"))) == [
        f"{address} device_configuration is {{}}, the spec has no such argument",
        f"{address} tags is {{}}, the spec has no such argument",
    ]


def test_whole_blocks(out: Path) -> None:
    edited(out, "modules/p/idp.tf", ('"google"', '"evil"'))
    assert the_arguments(out, "modules/p/idp.tf") == [
        ArgumentDifference("module.p.aws_cognito_identity_provider.evil", "", None, "present"),
        ArgumentDifference("module.p.aws_cognito_identity_provider.google", "", "present", None),
    ]


def test_a_block_twice_is_seen(out: Path) -> None:
    (out / "modules/p/main.tf").write_text(POOL + POOL.replace('"main"', '"other"'))
    (difference,) = the_arguments(out, "modules/p/main.tf")
    assert difference.found == "present"
    assert "number 2" in difference.address


def test_comments_and_layout_alone(out: Path) -> None:
    edited(out, "modules/p/main.tf", ("# Generated", "# By hand"), ("name              =", "name ="))
    assert the_arguments(out, "modules/p/main.tf") == []


def test_secrets_are_masked(out: Path) -> None:
    edited(
        out,
        "modules/p/idp.tf",
        ('jsondecode(data.aws_secretsmanager_secret_version.s.secret_string)["k"]', '"hunter2"'),
        ("  sensitive   = true", '  sensitive   = true\n  default     = "hunter2"'),
    )
    found = the_arguments(out, "modules/p/idp.tf")
    assert [(difference.path, difference.found) for difference in found] == [
        ('provider_details["client_secret"]', MASK),
        ("default", MASK),
    ]
    assert "hunter2" not in repr(found)


@pytest.mark.parametrize("text", ['resource "x" {', "a = \n", "\0", "<<<<<<< HEAD\n", "{" * 5000])
def test_a_file_that_is_no_hcl_is_said(out: Path, text: str) -> None:
    (out / "main.tf").write_text(text)
    (difference,) = check(FILES, out)
    assert difference.status is FileStatus.UNREADABLE
    assert "HCL" in difference.reason


def test_a_file_that_is_no_text_is_said(out: Path) -> None:
    (out / "main.tf").write_bytes(b"\xff\xfe")
    (difference,) = check(FILES, out)
    assert (difference.status, difference.reason) == (FileStatus.UNREADABLE, "it is not UTF-8")


def test_a_link_where_a_file_should_be(out: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text(POOL)
    (out / "modules/p/main.tf").unlink()
    (out / "modules/p/main.tf").symlink_to(tmp_path / "elsewhere")
    (difference,) = check(FILES, out)
    assert difference.status is FileStatus.DIFFERENT
    assert difference.reason == "it is a link"


def test_out_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(OutputError, match="is a file"):
        check(FILES, tmp_path / "out")


def test_all_that_we_write_can_be_parsed() -> None:
    for text in FILES.values():
        assert arguments(text)
    with pytest.raises(ParseError):
        arguments("}")


def test_the_parser_is_not_imported_where_nothing_differs(out: Path) -> None:
    code = f"""if True:
        import pathlib, sys
        from tfgen.hcl.check import check
        assert check({FILES!r}, pathlib.Path({str(out)!r})) == []
        print('hcl2' in sys.modules)
    """
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "False\n"
