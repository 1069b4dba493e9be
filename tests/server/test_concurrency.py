import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
from gradio_client import Client

from tests.load import load

BIG = " ".join(
    f"In the year {n} a ship of {n} tons came to the harbour of Port Ellery."
    for n in range(1400, 2000)
)


def test_visitors_at_once_have_each_the_answer_that_only_their_article_holds(served):
    with ThreadPoolExecutor() as pool:  # the browser tests keep an event loop in this thread
        results = pool.submit(asyncio.run, load(served, visitors=5, seconds=1)).result()
    assert results.wrong == results.limited == []
    assert len(results.seconds) >= 5


def test_a_question_waits_for_no_article_and_neither_does_the_look_at_the_servers_health(served):
    client = Client(served, verbose=False)
    adding = client.submit(title="Ships", text=BIG, api_name="/add")
    while adding.status().code.name != "PROCESSING":
        time.sleep(0.01)
    answer = client.predict(question="How many civilians were killed?", api_name="/ask")
    healthy = httpx.get(f"{served}/health")
    assert not adding.done()
    assert answer["kind"] == "answer" and healthy.json() == {"status": "ready"}
    client.predict(article=adding.result()["id"], api_name="/remove")
