"""Who a visitor of the page is: the owner of the machine, a user who logged in, or a browser."""

import os
from urllib.parse import urlsplit

import gradio as gr

from qa.settings import Settings

HERE = "owner"  # who uses the page on the machine that serves it
USER = "user-"  # before the name of who logged in
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
_SERVES_OTHERS = ("FORWARDED_ALLOW_IPS", "SPACE_ID")  # variables set where a proxy stands before it


def name_of(request: gr.Request, settings: Settings) -> str:
    """The lasting name of who sent a request; empty for a browser, which gets one of its own.

    `HERE` is only who comes to a page on this machine directly, and whose browser says so too: a
    proxy on this machine has its own address in the browser.
    """
    if request.username:
        return f"{USER}{request.username}"
    sent = request.request
    if settings.shared is not None or sent is None or sent.client is None:
        return ""
    if any(os.environ.get(name) for name in _SERVES_OTHERS):
        return ""
    headers = sent.headers
    origin = urlsplit(headers.get("origin", "")).hostname
    host = urlsplit(f"//{headers.get('host', '')}").hostname
    is_direct = not any(name in headers for name in _FORWARDED)
    return HERE if is_direct and {sent.client.host, host, origin} <= set(_LOOPBACK) else ""


def is_lasting(visitor: str) -> bool:
    """Whether what this visitor adds stays for good."""
    return visitor == HERE or visitor.startswith(USER)
