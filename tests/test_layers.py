"""Imports run one way, heavy libraries load late, and no language is named outside the grammars."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from nyaris.grammar import grammar_codes

PACKAGE = Path(__file__).parents[1] / "generators" / "nyaris"
ORDER = [
    {"__init__", "errors", "hashing", "yaml_files", "grammar"},
    {"reading"},
    {"trees"},
    {"edits", "words", "quantities", "syntax", "participants", "space_time"},
    {"rules"},
    {"pairs"},
    {"run"},
    {"pages"},
    {"dataset"},
    {"auditing"},
    {"exporting"},
    {"evaluation"},
    {"publishing"},
    {"generate", "explain", "catalogue", "audit", "export", "parsers", "evaluate", "tradeoff", "report"},
    {"collate", "compare", "publish"},
    {"terminal", "printing", "evaluation_tables"},
    {"commands"},
    {"cli"},
]
LEVEL = {name: level for level, names in enumerate(ORDER) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(PACKAGE)) for path in MODULES])
def test_a_module_imports_only_what_comes_before_it(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("nyaris") and node not in typing_only:
            parts = (node.module or "").split(".")
            used = parts[1] if len(parts) > 1 else "__init__"
            assert LEVEL[used] <= LEVEL[room(path)], f"{path.name} imports {node.module}"


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(PACKAGE)) for path in MODULES])
def test_no_module_names_a_language(path: Path) -> None:
    codes = {*grammar_codes(), "English", "Malay", "Indonesian", "id", "msa", "zsm"} - {"id"}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    helps = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "help"
        for inner in ast.walk(keyword.value)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs | helps:
            words = set(re.findall(r"[\w-]+", node.value))
            assert not words & codes, f"{path.name}:{node.lineno} {node.value!r}"


def test_the_command_line_starts_without_heavy_libraries() -> None:
    heavy = ("spacy", "datasets", "torch", "stanza", "pandas", "sklearn", "huggingface_hub")
    code = f"import sys, nyaris.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
