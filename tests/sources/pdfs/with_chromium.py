"""Sets a document as a web page and prints it with Chromium."""

import base64
import html
import re
import subprocess
import tempfile
from pathlib import Path

import pyphen

from tests.sources.pdfs.documents import recut
from tests.sources.pdfs.pictures import page_picture, picture

FONTS = {
    "serif": "Liberation Serif",
    "sans": "Liberation Sans",
    "book": "DejaVu Serif",
    "rtl": "DejaVu Sans",
}
METRICS = {"serif": ["Times-Roman"], "sans": ["Helvetica"]}  # as wide as Liberation's
_HYPHENS = pyphen.Pyphen(lang="en_GB")


def pdf(document):
    with tempfile.TemporaryDirectory() as folder:
        page, printed = Path(folder, "a.html"), Path(folder, "a.pdf")
        width = (842 if document.landscape else 595) - 2 * document.margin
        page.write_text(_page(recut(document, width, METRICS)), encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             f"--print-to-pdf={printed}", str(page)],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return printed.read_bytes()


def _page(document):
    if document.scan:
        shown = base64.b64encode(page_picture(document)).decode()
        return f"<style>@page{{margin:0}}body{{margin:0}}img{{display:block;width:90vw}}</style><img src='data:image/png;base64,{shown}'>"
    head, foot = (_content(text) for text in document.running or ("", ""))
    width = (842 if document.landscape else 595) - 2 * document.margin
    style = f"""
      @page {{ size: A4 {"landscape" if document.landscape else "portrait"}; margin: {document.margin}pt;
        @top-center {{ content: {head}; font: 8pt '{FONTS[document.font]}' }}
        @bottom-center {{ content: {foot}; font: 8pt '{FONTS[document.font]}' }} }}
      body {{ margin: 0; font: {document.size}pt/1.3 '{FONTS[document.font]}'; }}
      .page {{ position: relative; break-after: page; }}
      .page.full {{ height: {(595 if document.landscape else 842) - 2 * document.margin - 4}pt; }}
      .page:last-child {{ break-after: auto; }}
      .text {{ columns: {document.columns}; column-gap: 18pt; }}
      h1 {{ font-size: 2em; line-height: 1.15; margin: 0 0 8pt; }}
      h2 {{ font-size: 1.1em; margin: 8pt 0 3pt; break-after: avoid; }}
      p {{ margin: 0 0 {0 if document.indent else 6}pt; text-indent: {12 if document.indent else 0}pt;
        {"text-align: justify;" if document.justify else ""} orphans: 2; widows: 2; }}
      .cut {{ text-align-last: justify; margin: 0 }} .rest {{ text-indent: 0 }}
      .kicker {{ font-size: .85em; color: #a00; text-indent: 0 }}
      .stand {{ font-weight: bold; font-size: 1.2em; text-indent: 0; text-align: left }}
      .byline {{ font-style: italic; font-size: .9em; text-indent: 0 }}
      figure {{ margin: 8pt 0; break-inside: avoid; }} img {{ width: 60%; display: block }}
      figcaption {{ font-size: .8em; text-align: left; }}
      .pull {{ font-size: 1.5em; font-style: italic; margin: 10pt 8pt; text-align: center;
        text-indent: 0; break-inside: avoid; }}
      .box {{ border: 1pt solid; padding: 6pt; margin: 8pt 0; break-inside: avoid; }}
      .box p {{ text-align: left; font-size: .9em; text-indent: 0; margin: 0 0 3pt }}
      .box p:first-child {{ font-weight: bold }}
      table {{ border-collapse: collapse; margin: 8pt 0; text-align: left; font-size: .95em }}
      td, th {{ padding: 2pt 10pt 2pt 4pt; vertical-align: top;
        {"border: .5pt solid" if document.ruled else ""} }}
      .notes {{ {"position: absolute; bottom: 0; left: 0; right: 0;" if len(document.pages) > 1 else "margin-top: 30pt;"}
        font-size: .8em; border-top: .5pt solid; }}
      .notes p {{ margin: 2pt 0; text-indent: 0 }}
      .drop::first-letter {{ float: left; font-size: 3.4em; line-height: .8; margin: 2pt 3pt 0 0; }}
      sup {{ font-size: .6em; line-height: 0 }}"""
    body = ""
    for page in document.pages:
        top = [b for b in page if b[0] in ("kicker", "head", "stand")]
        notes = [b for b in page if b[0] == "note"]
        text = [b for b in page if b not in top and b not in notes]
        shown = "".join(_block(block, document, width) for block in text)
        if document.drop:
            shown = shown.replace("<p>", "<p class=drop>", 1)
        body += f"<div class='page {'full' if len(document.pages) > 1 else ''}'>"
        body += "".join(_block(block, document, width) for block in top)
        body += f"<div class=text>{shown}</div>"
        if notes:
            body += f"<div class=notes>{''.join(_block(n, document, width) for n in notes)}</div>"
        body += "</div>"
    title = document.metadata or document.name
    language = "dir=rtl lang=ar" if document.rtl else "lang=en"
    return f"<!doctype html><html {language}><meta charset=utf-8><title>{html.escape(title)}</title><style>{style}</style>{body}</html>"


def _content(text):
    parts = [f'"{part}"' if part else "" for part in text.split("#")]
    return " counter(page) ".join(parts).strip() or '""'


def _block(block, document, width):
    kind, *held = block
    match kind:
        case "head":
            return f"<h1>{_text(held[0], document)}</h1>"
        case "sub":
            return f"<h2>{_text(held[0], document)}</h2>"
        case "p":
            return f"<p>{_text(held[0], document, hyphens=True)}</p>"
        case "cut" | "rest" | "pull" | "stand" | "byline" | "kicker":
            return (
                f"<p class={kind}>{_text(held[0], document, hyphens=kind in ('cut', 'rest'))}</p>"
            )
        case "caption":
            shown = base64.b64encode(picture()).decode()
            return f"<figure><img src='data:image/png;base64,{shown}'><figcaption>{_text(held[0], document)}</figcaption></figure>"
        case "box":
            return (
                f"<div class=box>{''.join(f'<p>{_text(t, document)}</p>' for t in held[0])}</div>"
            )
        case "list" | "numbers":
            tag = "ul" if kind == "list" else "ol"
            return f"<{tag}>{''.join(f'<li>{_text(t, document)}' for t in held[0])}</{tag}>"
        case "table":
            heads, *rows = held[0]
            shown = _row("th", heads, document) + "".join(_row("td", r, document) for r in rows)
            return f"<table>{shown}</table>"
        case "note":
            return f"<p><sup>{held[0]}</sup> {_text(held[1], document)}</p>"
    raise ValueError(kind)


def _row(tag, cells, document):
    return "<tr>" + "".join(f"<{tag}>{_text(cell, document)}</{tag}>" for cell in cells)


def _text(text, document, hyphens=False):
    if hyphens and document.hyphens:
        text = re.sub(r"[a-zA-Z]{6,}", lambda m: _HYPHENS.inserted(m[0], "\xad"), text)
    shown = html.escape(text, quote=False)
    return re.sub(r"\{\^?(\d)\}", r"<sup>\1</sup>", shown)
