"""What a browser installs the page as an app with, and a phone shares articles to."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

_STATIC = Path(__file__).parent / "static"
_ICONS = _STATIC / "icons"
_INK, _PAPER = "#1a4b71", "#f8f7f4"
_WEEK = "max-age=604800"  # seconds for which a browser keeps an icon
# What files the share sheet of a phone offers the app for; the names are those that are read.
_SHARED = {
    "text/plain": [".txt"],
    "text/markdown": [".md"],
    "text/html": [".html", ".htm"],
    "text/csv": [".csv"],
    "application/pdf": [".pdf"],
    "application/rtf": [".rtf"],
    "application/epub+zip": [".epub"],
    "application/vnd.oasis.opendocument.text": [".odt"],
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": [".docx"],
    "message/rfc822": [".eml"],
}
HEAD = (  # all of it is relative: a proxy may serve the page below a path
    '<link rel="icon" href="app/icon.svg" type="image/svg+xml">'
    '<link rel="apple-touch-icon" href="app/apple-180.png">'
    f'<meta name="theme-color" content="{_PAPER}" media="(prefers-color-scheme: light)">'
    '<meta name="theme-color" content="#141310" media="(prefers-color-scheme: dark)">'
)


def manifest(*, add: bool) -> dict[str, object]:
    """The web app manifest; where articles can be added, the app is in the share sheet too."""
    icons = [
        _icon("icon-192.png", "192x192", "any"),
        _icon("icon-512.png", "512x512", "any"),
        _icon("maskable-512.png", "512x512", "maskable"),
    ]
    told: dict[str, object] = {
        "id": "./",
        "name": "Ask the Article",
        "short_name": "Ask the Article",
        "description": "Ask news articles; every answer is proved by their own sentences.",
        "lang": "en",
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": _PAPER,
        "theme_color": _INK,
        "icons": icons,
    }
    if add:
        accepted = [one for kind, endings in _SHARED.items() for one in (kind, *endings)]
        told["share_target"] = {
            "action": "share",
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "url": "url",
                "files": [{"name": "files", "accept": accepted}],
            },
        }
    return told


def head_scripts(*, add: bool) -> str:
    """What runs before the page; each script has names of its own."""
    names = ["storage.js", "lost.js", *(["share.js"] if add else [])]
    scripts = ((_STATIC / name).read_text("utf-8") for name in names)
    return "".join(f"<script>{{\n{script}}}</script>" for script in scripts)


def app_routes(*, add: bool) -> list[Route]:
    """The manifest, its icons, and what takes what a phone shares."""
    told = manifest(add=add)
    names = [path.name for path in sorted(_ICONS.iterdir())]
    routes = [Route("/manifest.json", _sent(_manifest_of(told)))]  # where Gradio's page looks
    routes += [Route(f"/app/{name}", _sent(_icon_of(_ICONS / name))) for name in names]
    if add:
        # At the root, so that it may take what is sent to /share.
        routes.append(Route("/worker.js", _sent(_worker)))
        routes.append(Route("/share", _unworked, methods=["POST"]))
    return routes


def _icon(name: str, sizes: str, purpose: str) -> dict[str, str]:
    return {"src": f"app/{name}", "sizes": sizes, "type": "image/png", "purpose": purpose}


def _sent(make: Callable[[], Response]) -> Callable[[Request], Awaitable[Response]]:
    async def send(_: Request) -> Response:
        return make()

    return send


def _manifest_of(told: dict[str, object]) -> Callable[[], Response]:
    return lambda: JSONResponse(told, media_type="application/manifest+json")


def _icon_of(path: Path) -> Callable[[], Response]:
    kind = "image/svg+xml" if path.suffix == ".svg" else "image/png"
    return lambda: Response(path.read_bytes(), media_type=kind, headers={"Cache-Control": _WEEK})


def _worker() -> Response:
    code = (_STATIC / "worker.js").read_text("utf-8")
    return Response(code, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


async def _unworked(_: Request) -> Response:
    """What is shared is kept in the browser by `worker.js`; without it, the page says so."""
    return RedirectResponse("./#shared=lost", status_code=303)
