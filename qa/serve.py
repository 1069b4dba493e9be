"""Runs the page's web server."""

import os
from typing import TYPE_CHECKING

import typer
from starlette.middleware import Middleware

from qa.errors import QAError
from qa.page.app_files import HEAD, app_routes, head_scripts
from qa.page.layout import STATIC
from qa.page.page import build
from qa.page.theme import THEME
from qa.server.health import Health
from qa.server.mcp import install_tools
from qa.server.middleware import MAX_UPLOAD, BodyCheck, BodyLimit, CallCheck, McpLogin
from qa.server.question_queue import MAX_THREADS
from qa.server.request_log import log_to_stderr
from qa.server.schemas import available_calls
from qa.server.warmup import Warmup

if TYPE_CHECKING:
    from qa.assistant import Assistant


def serve(assistant: "Assistant", host: str | None = None, port: int | None = None) -> None:
    """Serve the page until interrupted; the models load while it is already served.

    Without host and port it listens where GRADIO_SERVER_NAME and GRADIO_SERVER_PORT say, else on
    127.0.0.1 at the first free port from 7860. Raises `QAError` when it cannot listen there.
    """
    # For PyTorch, which is imported later: each concurrent question gets one core.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    warmup = Warmup(assistant)
    page = build(warmup)
    settings = assistant.settings
    log_to_stderr()
    try:
        page.launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=True,
            quiet=True,  # Gradio would advertise public links
            theme=THEME,
            css_paths=[STATIC / "page.css", STATIC / "desk.css", STATIC / "reader.css"],
            head=HEAD + head_scripts(add=settings.add),
            max_file_size=MAX_UPLOAD,
            footer_links=[],
            run_history=False,  # Gradio would keep the conversations in the browser
            enable_monitoring=False,
            share=False,
            pwa=False,
            ssr_mode=False,
            mcp_server=True,
            auth=list(settings.logins.items()) or None,
            max_threads=MAX_THREADS,
            app_kwargs={
                "routes": [*Health(warmup).routes, *app_routes(add=settings.add)],
                "middleware": [
                    Middleware(BodyLimit),
                    Middleware(BodyCheck),
                    Middleware(McpLogin, logins=settings.logins),
                    Middleware(CallCheck, calls=available_calls(add=settings.add)),
                ],
            },
            show_error=False,
        )
    except OSError:
        address = f"{host or 'the default address'}, port {port or 'any of a hundred'}"
        raise QAError(
            f"Cannot serve at {address}: the port is in use, or the address is not this machine's; "
            "choose another."
        ) from None
    install_tools(page)
    typer.echo(f"Ask the Article is at {page.local_url} (Ctrl-C stops it).")
    warmup.start()
    page.block_thread()
