"""The assistant's models, loaded beside the page."""

import logging
import threading
from typing import TYPE_CHECKING

from qa.errors import QAError

if TYPE_CHECKING:
    from qa.assistant import Assistant


class Loading:
    """Loads an assistant in a thread of its own, then finds questions to suggest.

    `loaded` and `suggested` are set when a step is over, well or not: what went wrong is met again,
    and told, by whoever asks the assistant next.
    """

    def __init__(self, assistant: "Assistant") -> None:
        self.assistant = assistant
        self.loaded = threading.Event()
        self.suggested = threading.Event()
        self.suggestions: tuple[str, ...] = ()
        self._thread = threading.Thread(target=self._run, name="loading", daemon=True)
        self._starting = threading.Lock()

    def start(self) -> None:
        """Begin, unless that has been done."""
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
