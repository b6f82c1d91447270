"""Copy what the pages need out of ``node_modules`` into ``static/vendor`` (not in git).

The design system's packages hold half a megabyte of CSS for a hundred components and two
thousand design tokens. This takes the components named below and only the tokens that they,
or our own stylesheets, reach. Fonts are copied as WOFF2, for pages and PDF, and also
unpacked to TTF: the chart renderer measures text with them and reads no WOFF2.

Run after ``npm ci``; running it twice changes nothing.
"""

from __future__ import annotations

import re
import shutil
import sys
import unicodedata
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
TOKENS = MODULES / "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"

UTRECHT = [
    "root",
    "body",
    "page-layout",
    "page-header",
    "page-body",
    "page-footer",
    "nav-bar",
    "breadcrumb-nav",
    "skip-link",
    "link",
    "link-button",
    "button",
    "button-group",
    "action-group",
    "alert",
    "badge-list",
    "status-badge",
    "table",
    "data-list",
    "data-badge",
    "figure",
    "form-field",
    "form-field-description",
    "form-field-error-message",
    "form-fieldset",
    "form-label",
    "textbox",
    "textarea",
    "select",
    "checkbox",
    "radio-button",
    "unordered-list",
    "ordered-list",
    "separator",
    "article",
    "blockquote",
]
CANDIDATE = ["heading", "paragraph", "link", "skip-link", "data-badge", "number-badge"]

FACES = ("400-normal", "400-italic", "600-normal", "700-normal")
SUBSETS = ("latin", "latin-ext")

DECLARATION = re.compile(r"^\s*(--[\w-]+):\s*(.*?);", re.MULTILINE)
USE = re.compile(r"var\(\s*(--[\w-]+)")


def component_css() -> str:
    """The stylesheets of the chosen components, in the order of the lists above."""
    files = [MODULES / f"@utrecht/{name}-css/dist/index.css" for name in UTRECHT]
    files += [
        MODULES / f"@nl-design-system-candidate/{name}-css/dist/{name}.css" for name in CANDIDATE
    ]
    texts = (path.read_text(encoding="utf-8") for path in files)
    return "\n".join(re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text) for text in texts)


def needed_tokens(*stylesheets: str) -> str:
    """The part of the token theme that the stylesheets use, directly or through another token."""
    declared = dict(DECLARATION.findall(TOKENS.read_text(encoding="utf-8")))
    todo = [name for sheet in stylesheets for name in USE.findall(sheet)]
    kept: set[str] = set()
    while todo:
        name = todo.pop()
        if name in declared and name not in kept:
            kept.add(name)
            todo += USE.findall(declared[name])
    lines = (f"  {name}: {value};" for name, value in declared.items() if name in kept)
    return ".voorbeeld-theme {\n" + "\n".join(lines) + "\n}\n"


def leave_accents_to_the_extension(font: TTFont) -> None:
    """Take loose accents out of the face with the plain letters.

    Newer Pango draws "ć" as "c" and an accent wherever one face has both, although the extension
    has the whole letter. In the PDF the accent then stands for nothing, and every "c" is lost to
    who searches or listens.
    """
    for table in font["cmap"].tables:
        for code in [c for c in table.cmap if unicodedata.category(chr(c)) == "Mn"]:
            del table.cmap[code]


def copy_fonts(target: Path) -> None:
    """Noto Sans as WOFF2 and as TTF, with its licence."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy2(MODULES / "@fontsource/noto-sans/LICENSE", target / "LICENSE")
    shutil.copy2(MODULES / "@fontsource/noto-sans-math/LICENSE", target / "LICENSE.math")
    files = [f"noto-sans/files/noto-sans-{part}-{face}" for face in FACES for part in SUBSETS]
    # Signs such as "at least" and arrows, for paper alone: pages take them from the reader.
    for name in [*files, "noto-sans-math/files/noto-sans-math-latin-400-normal"]:
        source = MODULES / "@fontsource" / f"{name}.woff2"
        if "math" not in name:
            shutil.copy2(source, target / source.name)
        # The date in the font stays that of its makers: it ends up in every PDF.
        font = TTFont(source, recalcTimestamp=False)
        font.flavor = None
        if "-latin-ext-" not in name and "math" not in name:
            leave_accents_to_the_extension(font)
        font.save(target / f"{source.stem}.ttf")


def main() -> int:
    """Fill ``static/vendor``; exit status 1 when ``npm ci`` was not run."""
    if not TOKENS.exists():
        print("node_modules is empty: run npm ci first", file=sys.stderr)
        return 1
    # All of it or nothing: anyone who stops this half-way finds the old folder or none.
    new, old = MODULES / ".vendor.new", MODULES / ".vendor.old"
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    new.mkdir(parents=True)
    components = component_css()
    own = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "static/css").glob("*.css"))
    (new / "design-system.css").write_text(
        needed_tokens(components, own) + components, encoding="utf-8"
    )
    copy_fonts(new / "fonts")
    if VENDOR.exists():
        VENDOR.rename(old)
    new.rename(VENDOR)
    shutil.rmtree(old, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
