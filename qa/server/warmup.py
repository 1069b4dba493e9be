"""Loads the assistant's models in the background while the page is served."""

import logging
import threading
from typing import TYPE_CHECKING

from qa.errors import QAError

if TYPE_CHECKING:
    from qa.assistant import Assistant


class Warmup:
    """Loads an assistant in a background thread, then finds questions to suggest.

    `loaded` and `suggested` are set when a step ends, whether it succeeded or not: after a failure
    the next call of the assistant raises the error again, and its caller reports it.
    """

    def __init__(self, assistant: "Assistant") -> None:
        self.assistant = assistant
        self.loaded = threading.Event()
        self.suggested = threading.Event()
        self.suggestions: tuple[str, ...] = ()
        self._thread = threading.Thread(target=self._run, name="warmup", daemon=True)
        self._starting = threading.Lock()

    def start(self) -> None:
        """Start loading; does nothing if it has been started."""
        with self._starting:
            if self._thread.ident is None:
                self._thread.start()

    def _run(self) -> None:
        try:
            self.assistant.load()
            self.loaded.set()
            articles = self.assistant.list()
            self.suggestions = self.assistant.suggest(articles[0]) if articles else ()
        except QAError as error:
            logging.warning("%s", error)
        except Exception:
            logging.exception("Loading failed.")
        finally:
            self.loaded.set()
            self.suggested.set()
