"""The page's web server."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from starlette.middleware import Middleware

from qa.errors import QAError
from qa.page.page import build
from qa.page.theme import THEME
from qa.server.api import CheckedCalls
from qa.server.bodies import MAX_UPLOAD, CheckedBodies
from qa.server.health import Health
from qa.server.mcp import offer_tools
from qa.server.middleware import BodyLimit, ToolLogin
from qa.server.question_queue import THREADS
from qa.server.request_log import write_to_standard_error
from qa.server.schemas import offered
from qa.server.warmup import Loading

if TYPE_CHECKING:
    from qa.assistant import Assistant

_STATIC = Path(__file__).parent / "page" / "static"


def serve(assistant: "Assistant", host: str | None = None, port: int | None = None) -> None:
    """Serve the page until interrupted; the models load once it is served.

    Without host and port it is where GRADIO_SERVER_NAME and GRADIO_SERVER_PORT say, else on
    127.0.0.1 at the first free port from 7860. Raises `QAError` when it cannot listen there.
    """
    # PyTorch's, which is imported later: what is worked on at once has a core each.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    loading = Loading(assistant)
    page = build(loading)
    settings = assistant.settings
    write_to_standard_error()
    try:
        page.launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=True,
            quiet=True,  # Gradio would advertise public links
            theme=THEME,
            css_paths=_STATIC / "page.css",
            head=f"<script>{(_STATIC / 'storage.js').read_text('utf-8')}</script>",
            max_file_size=MAX_UPLOAD,
            footer_links=[],
            run_history=False,  # Gradio would keep the conversations in the browser
            enable_monitoring=False,
            share=False,
            pwa=False,
            ssr_mode=False,
            mcp_server=True,
            auth=list(settings.logins.items()) or None,
            max_threads=THREADS,
            app_kwargs={
                "routes": Health(loading).routes,
                "middleware": [
                    Middleware(BodyLimit),
                    Middleware(CheckedBodies),
                    Middleware(ToolLogin, logins=settings.logins),
                    Middleware(CheckedCalls, calls=offered(add=settings.add)),
                ],
            },
            show_error=False,
        )
    except OSError:
        where = f"{host or 'the default address'}, port {port or 'any of a hundred'}"
        raise QAError(
            f"Cannot serve at {where}: it is taken, or no address of this machine; choose another."
        ) from None
    offer_tools(page)
    typer.echo(f"Ask the Article is at {page.local_url} (Ctrl-C ends it).")
    loading.start()
    page.block_thread()
