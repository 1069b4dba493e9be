import gradio as gr
import pytest

from qa import Assistant, Settings
from qa.page.layout import lay_out
from qa.server.quota import Quota
from qa.server.rate_limit import RateLimit
from qa.server.sessions import Sessions
from qa.server.visitor_articles import VisitorArticles
from qa.server.warmup import Warmup


@pytest.fixture(scope="session")
def warmup(embedder):
    """A warmed-up assistant over the shipped corpus."""
    warmup = Warmup(Assistant(Settings(chroma=":memory:"), embedder=embedder))
    warmup.start()
    warmup.suggested.wait()
    return warmup


@pytest.fixture
def layout(warmup):
    with gr.Blocks():
        return lay_out(warmup.assistant.settings)


@pytest.fixture
def sessions(warmup):
    return Sessions(warmup.assistant)


@pytest.fixture
def quota(warmup):
    return Quota(warmup.assistant, RateLimit(0))


@pytest.fixture
def articles(warmup, sessions, quota):
    return VisitorArticles(warmup.assistant, sessions, quota)


@pytest.fixture
def visitor(sessions):
    return sessions.open_tab(None, "tab")
