"""A mail that was saved (.eml) -> its text."""

from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import default
from email.utils import parseaddr, parsedate_to_datetime

from qa.sources.characters import clean
from qa.sources.markup import read_markup
from qa.sources.parsed import Parsed, UnreadableError

_HEADERS = ("From", "Subject", "Date", "Received", "MIME-Version", "Message-ID")


def read_email(data: bytes) -> Parsed:
    """The body of a mail; its subject is the title, its sender the author, its day the date.

    The HTML body is read where there is one, else the plain one; attachments are not.
    Raises `UnreadableError` for what is no mail or has no text.
    """
    message = message_from_bytes(data.lstrip(), policy=default)
    if not isinstance(message, EmailMessage) or not any(map(message.get, _HEADERS)):
        raise UnreadableError("is no mail (.eml); save it again as .eml")
    body = message.get_body(("html", "plain"))
    try:
        content = body.get_content() if isinstance(body, EmailMessage) else ""
    except (LookupError, KeyError):  # a charset or a type that Python does not know
        content = ""
    if not isinstance(content, str) or not content.strip():
        raise UnreadableError("has no text in its body; save the attachment and add that")
    html = body.get_content_type() == "text/html" if body else False
    text = read_markup(content).text if html else _joined(clean(content), body)
    sender = _header(message, "From")
    return Parsed(
        text,
        title=_header(message, "Subject"),
        author=parseaddr(sender)[0],
        published=_day(_header(message, "Date")),
    )


def _joined(text: str, body: MIMEPart | None) -> str:
    """A plain body; where the mail says so, lines that end with a space go on (RFC 3676)."""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    if body is None or body.get_param("format") != "flowed":
        return "\n".join(line.rstrip() for line in lines).strip()
    shown = "\n".join(line.removeprefix(" ") if line.startswith("  ") else line for line in lines)
    return shown.replace(" \n", " ").strip()


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(clean(str(message.get(name, ""))).split())
    except (ValueError, IndexError, AttributeError):  # a header that Python cannot read
        return ""


def _day(written: str) -> str:
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
