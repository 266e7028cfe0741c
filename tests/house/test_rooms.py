"""Where things lie, and how big they may grow (architecture.md sections 2 and 10)."""

from __future__ import annotations

import ast
import statistics

from branding.features import FEATURES, WITHOUT_PAGES
from tests.house import sources
from tests.house.sources import PACKAGE, ROOT

LAYERS = {"__init__", "values", "rules", "models", "queries", "service", "forms", "views", "jobs"}
#: One outside thing or one body of fixed content each; everything else in a feature is a layer.
ADAPTERS = {
    "consent": {"vault", "texts", "documents", "sniffing", "proof", "letters", "drawing", "sheets"},
    "media": {"vault", "names", "darkroom", "developing", "pictures", "films", "faces"},
    "outbox": {"smtp", "gateways", "as_html"},
    "accounts": {"passwords", "one_time_codes"},
    "rotation": {"public_holidays", "spreadsheet", "holiday_seed", "optimum", "letters"},
    "drafts": {"words", "letters"},
    "publishing": {"channels", "letters"},
    "reports": {"wording", "writing", "ordering", "sheets", "paper", "letters"},
    "plan": {"letters"},
    "reminders": {"letters", "shipped", "signed_links", "examples"},
    "takeovers": {"guide", "checklist", "letters", "calendar_file", "qr_code"},
}
CORE = {
    "settings",
    "db",
    "clock",
    "isoweek",
    "actor",
    "policy",
    "errors",
    "log",
    "files",
    "text",
    "danish",
    "jobs",
    "ids",
    "key_store",
    "pdf",
    "sealed",
    "spreadsheet",
}
BANNED = ("utils", "util", "helpers", "helper", "common", "misc", "manager")
MAX_FILE, MEDIAN_FILE, MAX_FUNCTION, MAX_TEMPLATE = 400, 90, 50, 150


def test_a_feature_holds_only_its_layers_and_named_adapters() -> None:
    for feature in FEATURES:
        found = {path.stem for path in (PACKAGE / feature).iterdir() if path.suffix == ".py" or path.is_dir()}
        strange = found - LAYERS - ADAPTERS.get(feature, set()) - {"__pycache__"}
        assert not strange, f"{feature} holds {sorted(strange)}"


def test_the_kernel_holds_only_what_it_is_known_for() -> None:
    found = {path.stem for path in (PACKAGE / "core").glob("*.py")} - {"__init__"}
    assert found == CORE


def test_a_feature_says_what_it_is_for_and_imports_nothing() -> None:
    for feature in FEATURES:
        body = sources.tree(PACKAGE / feature / "__init__.py").body
        assert len(body) == 1 and isinstance(body[0], ast.Expr), f"{feature}/__init__.py is one line"


def test_templates_and_tests_have_the_rooms_of_the_features() -> None:
    for feature in FEATURES:
        assert (ROOT / "tests" / feature).is_dir(), f"{feature} has no tests"
        has_pages = (ROOT / "templates" / feature).is_dir()
        assert has_pages is (feature not in WITHOUT_PAGES), f"{feature} has templates, or lacks them"


def test_nothing_has_a_name_that_says_nothing() -> None:
    for path in [*sources.modules(), *sources.modules(ROOT / "tests"), *sources.templates()]:
        assert path.stem not in BANNED, sources.name(path)


def test_files_stay_small() -> None:
    code = [path for path in sources.modules() if "versions" not in path.parts]  # a migration is a list
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in code}
    too_long = {sources.name(path): n for path, n in lengths.items() if n > MAX_FILE}
    assert not too_long
    assert statistics.median(lengths.values()) <= MEDIAN_FILE


def test_functions_stay_small() -> None:
    for path in sources.modules():
        if "versions" in path.parts:
            continue  # a migration is a list
        for node in ast.walk(sources.tree(path)):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= MAX_FUNCTION, f"{sources.name(path)}:{node.name} has {length} lines"


def test_templates_stay_small() -> None:
    for path in sources.templates():
        assert len(path.read_text("utf-8").splitlines()) <= MAX_TEMPLATE, sources.name(path)


def test_every_module_opens_with_what_it_is_for() -> None:
    for path in sources.modules():
        if "versions" not in path.parts:
            assert ast.get_docstring(sources.tree(path)), sources.name(path)


def test_every_column_says_what_it_means() -> None:
    for path in [*PACKAGE.glob("*/models.py"), *PACKAGE.glob("*/models/*.py")]:
        lines = path.read_text("utf-8").splitlines()
        for cls in (node for node in sources.tree(path).body if isinstance(node, ast.ClassDef)):
            for node in cls.body:
                if (
                    isinstance(node, ast.AnnAssign)
                    and isinstance(node.target, ast.Name)
                    and node.target.id != "id"
                ):
                    above = lines[node.lineno - 2].strip()
                    assert above.startswith("#:"), f"{sources.name(path)}: {cls.name}.{node.target.id}"
