"""Pages in a browser: nothing of a document runs, all of it can be read, and the keyboard is enough."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from chromium import Scheme, launched, opened
from invented import evaluation, write_tradeoff

from nyaris.evaluation.records import write_evaluation
from nyaris.hashing import digest
from nyaris.report import report
from nyaris.run.tables import labelled_schema, reject_schema, write_table

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
KINDS = ("evaluation", "tradeoff", "dataset", "together")
LOOKS: tuple[tuple[Scheme, int], ...] = (("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360))

SHOWN = "</script><script>window.ran = 1</script><!-- <script> ]]> <img src=x onerror='window.ran = 1'>"
HOSTILE = (
    f"{SHOWN}<svg onload='window.ran = 1'> ' \" ` &amp; &lt; "
    "{{ 7 * 7 }} {% raw %} ${ran} \u2028 \u202egnidda\u202c \x00"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as found:
        yield found


@pytest.fixture(scope="module")
def pages(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A page of every kind, and one with all of them."""
    root = tmp_path_factory.mktemp("pages")
    write_evaluation(evaluation(), root / "evaluation")
    write_tradeoff(root / "tradeoff")
    folders = {"evaluation": root / "evaluation", "tradeoff": root / "tradeoff", "dataset": dataset}
    chosen = {name: [folder] for name, folder in folders.items()} | {"together": list(folders.values())}
    return {name: report(each, root / f"{name}.html") for name, each in chosen.items()}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page about a dataset, an evaluation and a trade-off all of whose texts and names are hostile."""
    root = tmp_path_factory.mktemp("hostile")
    _write_dataset(root / "dataset")
    write_evaluation(evaluation(20, (HOSTILE, f"{HOSTILE} not", f"{HOSTILE} never"), HOSTILE), root / "evaluation")
    write_tradeoff(root / "tradeoff", HOSTILE)
    return report([root / "dataset", root / "evaluation", root / "tradeoff"], root / "page.html")


def _write_dataset(folder: Path) -> None:
    row: dict[str, Any] = dict.fromkeys(labelled_schema().names, HOSTILE)
    row |= {"seed": 0, "overlap_positive": 0.5, "overlap_negative": 0.5, "source": None, "edits": [], "id": digest(0)}
    row |= {"negative": f"{HOSTILE} not"}
    (folder / "labelled").mkdir(parents=True)
    write_table([row], labelled_schema(), folder / "labelled" / "train-00000-of-00001.parquet")
    reject = dict.fromkeys(reject_schema().names, HOSTILE) | {"start": 0, "end": 1}
    write_table([reject], reject_schema(), folder / "rejects.parquet")
    count = {HOSTILE: 1}
    manifest: dict[str, Any] = dict.fromkeys(("hardness", "query_styles", "licences", "sentences"), count)
    manifest |= {"splits": {"train": 1}, "varieties": [HOSTILE], "counts": {HOSTILE: count}, "documents": 1}
    manifest |= {"rejects": {HOSTILE: count}, "unread": [HOSTILE]}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_hostile_texts_are_only_shown(browser: Browser, hostile: Path) -> None:
    with opened(browser, hostile) as page:
        for details in page.query_selector_all("details"):
            details.evaluate("each => { each.open = true; }")
        assert page.evaluate("window.ran") is None
        made = "img, svg[onload], iframe, object, embed, link, base, form, [onerror]"
        assert page.evaluate(f'document.querySelectorAll("{made}").length') == 0
        assert page.evaluate('document.querySelectorAll("script:not([type])").length') == 1
        text = page.evaluate("document.body.innerText")
        assert text.count(SHOWN) > 60
        assert "{{ 7 * 7 }} {% raw %} ${ran} ⟨U+2028⟩ ⟨U+202E⟩gnidda⟨U+202C⟩ ⟨U+0000⟩" in text
        assert not set(text) & set("\u2028\u202e\u202c\x00")
        assert SHOWN in page.evaluate("document.querySelector('.said dd').textContent")


def test_nothing_else_could_run(browser: Browser, pages: dict[str, Path]) -> None:
    """The policy holds even against an element that found its way into the page."""
    page = browser.new_page()
    page.goto(pages["tradeoff"].as_uri())
    page.evaluate(
        """() => {
          document.body.append(Object.assign(document.createElement("script"), { textContent: "window.ran = 1" }));
          document.body.insertAdjacentHTML("beforeend", "<img src='data:,' onerror='window.ran = 1'>");
        }"""
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    page.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_pages_fit_and_take_the_colours_of_the_system(
    browser: Browser, pages: dict[str, Path], kind: str, scheme: Scheme, width: int
) -> None:
    with opened(browser, pages[kind], scheme=scheme, width=width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
        assert page.evaluate("document.documentElement.lang") == "en"


def test_rows_are_filtered_sorted_and_turned_by_keyboard(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, pages["evaluation"]) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        rows = page.locator("#p1-rows")
        status, first = rows.locator("[role=status]"), rows.locator("tbody tr").first
        assert status.text_content() == "Rows 1–20 of 200"
        worst = first.locator("td").first.text_content()
        rows.get_by_role("button", name="Next").focus()
        page.keyboard.press("Enter")
        assert status.text_content() == "Rows 21–40 of 200"
        assert page.evaluate("document.activeElement.textContent") == "Next"
        rows.get_by_role("button", name="Margin").focus()
        page.keyboard.press("Space")
        assert status.text_content() == "Rows 1–20 of 200"
        assert first.locator("td").first.text_content() != worst
        assert rows.locator("th[aria-sort=descending]").text_content() is not None
        rows.get_by_label("Language").select_option("Malay")
        assert status.text_content() == "Rows 1–20 of 100"
        assert first.locator("dd").first.get_attribute("lang") == "ms"
        rows.get_by_label("Phenomenon").select_option("negation")
        assert status.text_content() == "Rows 1–20 of 20"
        assert rows.locator("ins").first.text_content() == "tuan rumah"
        rows.get_by_label("Words in the texts").fill("PENYEWA tuan")
        page.wait_for_timeout(300)
        assert status.text_content() == "Rows 1–20 of 20"
        rows.get_by_label("Words in the texts").fill("landlord")
        page.wait_for_timeout(300)
        assert "No row is like that" in str(status.text_content())
        rows.get_by_role("button", name="Clear").click()
        assert status.text_content() == "Rows 1–20 of 200"
        assert first.locator("td").first.text_content() == worst


def test_the_heat_map_shows_what_is_chosen(browser: Browser, pages: dict[str, Path]) -> None:
    with opened(browser, pages["evaluation"]) as page:
        section = page.locator("section[aria-labelledby=p1-phenomena]")
        assert section.locator("table:visible").count() == 3
        figure = section.locator("td.s0, td.s1, td.s2, td.s3").first.text_content()
        section.get_by_label("Hardness").select_option("hard")
        section.get_by_label("Show", exact=True).select_option("change")
        assert section.locator("table:visible").count() == 2, "the baseline has no change against itself"
        assert section.locator("table:visible td b").first.text_content() != figure
        assert "*" in str(section.locator("table:visible td b").first.text_content())


@pytest.mark.parametrize(
    ("kind", "scheme", "width"),
    [(kind, *look) for kind in KINDS for look in LOOKS if kind != "together" or look == LOOKS[0]],
)
def test_axe_finds_nothing_serious(
    browser: Browser, pages: dict[str, Path], kind: str, scheme: Scheme, width: int
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not here: npm install --prefix tests/report")
    with opened(browser, pages[kind], scheme=scheme, width=width) as page:
        for details in page.query_selector_all("details"):
            details.evaluate("each => { each.open = true; }")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        told = [
            f"{each['impact']} {each['id']}: {each['help']}: {node['html'][:120]} {node['failureSummary'][:200]}"
            for each in found["violations"]
            for node in each["nodes"][:3]
        ]
        assert told == []
