"""A tab of the page without a browser: what its script sends, and what the server says to it."""

import json
import secrets

import httpx


class Tab:
    """Sends the page's own events in a session of Gradio's, which by default is a new one."""

    def __init__(self, url: str, session: str = ""):
        self.url = f"{url.rstrip('/')}/gradio_api"
        self.session = session or secrets.token_hex(8)
        config = httpx.get(f"{url.rstrip('/')}/config", timeout=60).json()
        self._events = {one["api_name"]: one["id"] for one in config["dependencies"]}

    def send(self, event: str, *data: object, **sent: object) -> str:
        """Send an event; all that the server says to it, as it stands in the stream."""
        body = {
            "fn_index": self._events[event],
            "data": data,
            "event_data": sent or None,
            "session_hash": self.session,
        }
        httpx.post(f"{self.url}/queue/join", json=body, timeout=60).raise_for_status()
        return self.listen()

    def listen(self) -> str:
        """What is said in this session until all events are answered."""
        session = {"session_hash": self.session}
        with httpx.stream("GET", f"{self.url}/queue/data", params=session, timeout=60) as stream:
            said = [
                json.loads(line[6:]) for line in stream.iter_lines() if line.startswith("data:")
            ]
        return json.dumps(said, ensure_ascii=False)
