"""A Chroma server, or Chroma's cloud, which many machines share."""

import json
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from urllib.parse import quote

import chromadb
import httpx
from chromadb.api import ClientAPI
from chromadb.config import Settings as ChromaSettings

from qa.errors import StoreError

LEASE = 3600.0  # no write takes an hour; clocks of two machines differ by less
TIMEOUT = httpx.Timeout(60.0, connect=5.0)  # a large index takes seconds to take in a batch
_REFUSED = (401, 403)
_AWAY = (502, 503, 504)  # what a proxy says while the server behind it is away


@dataclass(frozen=True)
class Access:
    """What a Chroma server is told of who asks."""

    token: str = field(default="", repr=False)
    tenant: str = "default_tenant"
    database: str = "default_database"


@dataclass(frozen=True)
class Server:
    """A Chroma server by its address, such as `http://127.0.0.1:8000`."""

    url: str
    access: Access = Access()
    goes_stale = False
    lease = LEASE
    failures = (chromadb.errors.ChromaError, ValueError, OSError, httpx.HTTPError)

    def is_lost(self) -> bool:
        """Never: a server is asked, and says so itself."""
        return False

    def connect(self) -> ClientAPI:
        """A client with a timeout, which Chroma's own lacks.

        Raises `StoreError` for a server that is not there, is none of Chroma's, does not take the
        token, or has no such tenant or database.
        """
        self._check()
        client = chromadb.HttpClient(
            self.url,
            headers=self._headers(),
            settings=ChromaSettings(anonymized_telemetry=False),
            tenant=self.access.tenant,
            database=self.access.database,
        )
        session: httpx.Client = client._server._session  # type: ignore[attr-defined]
        session.timeout = TIMEOUT
        session.event_hooks = {"response": [_refuse_foreign_errors]}
        return client

    def using(self) -> AbstractContextManager[object]:
        """No lock: the client may be used by many threads at once."""
        return nullcontext()

    def writing(self) -> AbstractContextManager[object]:
        """No lock, for none reaches across machines; `Transaction` says why none is needed."""
        return nullcontext()

    def explained(self, error: Exception) -> StoreError:
        """What is wrong now, as far as asking the server again tells."""
        if isinstance(error, httpx.TransportError):
            return self._away(str(error) or type(error).__name__)
        reason = " ".join(str(error).split())[:200]
        if isinstance(error, httpx.HTTPStatusError):
            status = error.response.status_code
            reason = f"{status} {error.response.reason_phrase}"
            if status in _REFUSED:
                return StoreError(
                    f"The Chroma server {self.url} does not take the token; set QA_CHROMA_TOKEN "
                    "to one that it takes."
                )
            if status in _AWAY:
                return self._away(reason)
        else:
            try:
                self._check()
            except StoreError as found:
                return found
        return StoreError(f"The Chroma server {self.url} fails ({reason}); see its log, try again.")

    def _check(self) -> None:
        tenant, database = (quote(n, safe="") for n in (self.access.tenant, self.access.database))
        api = f"{self.url}/api/v2"
        try:
            with httpx.Client(headers=self._headers(), timeout=TIMEOUT) as client:
                beat = client.get(f"{api}/heartbeat")
                if beat.status_code in (*_REFUSED, *_AWAY):
                    beat.raise_for_status()
                if "nanosecond heartbeat" not in beat.text:
                    raise StoreError(
                        f"The address {self.url} is no Chroma server's, from 1.0 on; set QA_CHROMA "
                        "to one, or to a folder."
                    )
                for kind, name, path in (
                    ("tenant", self.access.tenant, f"tenants/{tenant}"),
                    ("database", self.access.database, f"tenants/{tenant}/databases/{database}"),
                ):
                    found = client.get(f"{api}/{path}")
                    if found.status_code == httpx.codes.NOT_FOUND:
                        made = f"{api}/{path.rpartition('/')[0]}"
                        raise StoreError(
                            f"The Chroma server {self.url} has no {kind} {name!r}; make it with "
                            f"curl {made} --json '{json.dumps({'name': name})}', or set "
                            f"QA_CHROMA_{kind.upper()} to one that it has."
                        )
                    found.raise_for_status()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self.explained(error) from error

    def _headers(self) -> dict[str, str]:
        return {"X-Chroma-Token": self.access.token} if self.access.token else {}

    def _away(self, reason: str) -> StoreError:
        return StoreError(
            f"The Chroma server {self.url} cannot be reached ({reason}); start it or set QA_CHROMA "
            "to another, then try again."
        )


def _refuse_foreign_errors(response: httpx.Response) -> None:
    # Chroma's client makes a plain Exception of what is not its server's own.
    if response.status_code >= 300 and "json" not in response.headers.get("content-type", ""):
        response.raise_for_status()
