"""axe-core in a page: what breaks WCAG 2.2 A and AA.

axe.min.js comes in the package axe-playwright-python (itself MIT; axe-core is MPL-2.0). It is handed to the page
as a value, so that no policy of the page's about scripts stands in its way, and nothing is asked of any server.
"""

from collections.abc import Sequence
from importlib import resources
from typing import Any

from playwright.sync_api import Page

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
MORE_RULES = (
    "heading-order",
    "empty-table-header",
    "landmark-one-main",
    "page-has-heading-one",
    "skip-link",
    "tabindex",
    "label-content-name-mismatch",
)
"""Of axe's best practices and experiments, those that items of KWCAG 2.2 ask for."""

# What cannot be mended, by rule and selector, each with its reason; docs/accessibility.md names every one.
EXCLUDED: dict[str, dict[str, str]] = {}

RUN = """([context, tags, more]) => {
  const settled = axe.getRules(tags).filter((rule) => !rule.tags.some((tag) => ["experimental", "deprecated"].includes(tag)));
  const rules = settled.map((rule) => rule.ruleId).concat(more);
  return axe.run(context ?? document, { runOnly: rules, resultTypes: ["violations"] });
}"""


def violations(page: Page, context: str | None = None, without: Sequence[str] = ()) -> list[str]:
    """One line for each element that breaks a rule; none where all is well.

    context: a selector, where only a part of the page is looked at.
    """
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(RUN, [context, TAGS, MORE_RULES])["violations"]
    return [
        f"{violation['id']}: {node['html'][:200]} ({reason(node)})"
        for violation in found
        for node in violation["nodes"]
        if not excluded(page, violation["id"], node["target"][-1])
    ]


def reason(node: dict[str, Any]) -> str:
    """Why axe takes the element for broken."""
    checks = [check["message"] for kind in ("any", "all", "none") for check in node[kind]]
    return "; ".join(checks)[:300]


def excluded(page: Page, rule: str, selector: str) -> bool:
    """Whether the list of what cannot be mended has it."""
    return any(
        page.locator(selector).first.evaluate("(element, listed) => element.matches(listed)", listed)
        for listed in EXCLUDED.get(rule, {})
    )
