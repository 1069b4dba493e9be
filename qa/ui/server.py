"""The page's web server."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer
from starlette.middleware import Middleware

from qa.errors import QAError
from qa.sources.limits import MAX_BYTES
from qa.ui.api import CheckedCalls
from qa.ui.bodies import CheckedBodies
from qa.ui.loading import Loading
from qa.ui.page import build
from qa.ui.theme import THEME
from qa.ui.tools import offer_tools

if TYPE_CHECKING:
    from qa.assistant import Assistant

_HERE = Path(__file__).parent


def serve(assistant: "Assistant", host: str | None = None, port: int | None = None) -> None:
    """Serve the page until interrupted; the models load once it is served.

    Without host and port it is where GRADIO_SERVER_NAME and GRADIO_SERVER_PORT say, else on
    127.0.0.1 at the first free port from 7860. Raises `QAError` when it cannot listen there.
    """
    loading = Loading(assistant)
    page = build(loading)
    try:
        page.launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=True,
            quiet=True,  # Gradio would advertise public links
            theme=THEME,
            css_paths=_HERE / "page.css",
            head=f"<script>{(_HERE / 'storage.js').read_text('utf-8')}</script>",
            max_file_size=10 * MAX_BYTES,  # what is between them gets a sentence
            footer_links=[],
            run_history=False,  # Gradio would keep the conversations in the browser
            enable_monitoring=False,
            share=False,
            pwa=False,
            ssr_mode=False,
            mcp_server=True,
            app_kwargs={"middleware": [Middleware(CheckedBodies), Middleware(CheckedCalls)]},
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
