"""Names that lead elsewhere, sent to the real server."""

import http.client
import json
import re
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from tests.page.tab import Tab

ROOT = Path(__file__).parents[2]
PREFIXES = [
    "/gradio_api/file=",
    "/gradio_api/file/",
    "/file=",
    "/static/",
    "/assets/",
    "/svelte/",
    "/gradio_api/custom_component/html/client/component/",
    "/gradio_api/stream/",
    "/gradio_api/proxy=",
    "/pwa_icon/",
    "/",
]
UP = "../" * 12
TARGETS = [  # of this repository, and of the system
    f"{ROOT}/README.md",
    f"{UP}{ROOT}/qa/settings.py",
    "README.md",
    "../README.md",
    "qa/settings.py",
    ".env",
    "/etc/passwd",
    f"{UP}etc/passwd",
    f"{UP}etc/passwd".replace("/", "%2f"),
    f"{UP}etc/passwd".replace("..", "%2e%2e"),
    f"{UP}etc/passwd".replace("../", "..%5c"),
    f"{UP}etc/passwd".replace("../", "....//"),
    "//etc/passwd",
    "file:///etc/passwd",
    "/proc/self/environ",
    "/etc/passwd%00.txt",
]
HELD = ("root:", "Ask the Article\n\nAsk questions", "class Settings", "PATH=")  # by those


def test_no_route_reads_a_file_of_the_repository_or_the_system(served):
    for prefix, target in product(PREFIXES, TARGETS):
        connection = http.client.HTTPConnection(urlsplit(served).netloc, timeout=20)
        connection.request("GET", prefix + target)  # as it stands; httpx would tidy it
        answer = connection.getresponse()
        said = answer.read().decode("utf-8", "replace")
        assert answer.status >= 300, (prefix, target)
        assert not any(held in said for held in HELD), (prefix, target)
        connection.close()


def test_a_name_of_an_upload_leads_nowhere(served):
    text = "A harbour\n\nThe harbour was closed on Friday after a storm."
    tab = Tab(served)
    tab.send("on_open", None, None)
    names = ("../../../evil.txt", "..%2f..%2fevil.txt", "..\\..\\evil.txt", "/evil.txt", "x/..")
    for name in names:
        files = {"files": (name, text)}
        answer = httpx.post(f"{served}/gradio_api/upload", files=files, timeout=20)
        if answer.status_code == 400:
            assert answer.json() == {"detail": "Invalid file name: .."}, name
            continue
        (path,) = answer.json()
        folder = Path(path).parent
        assert re.fullmatch(r"[0-9a-f]{64}", folder.name) and ".." not in Path(path).parts, name
        assert Path(path).resolve() == Path(path) and Path(path).parent.resolve() == folder, name
        said = tab.send("on_files", [file(path)], None, None)
        expected = ("added, 1 sentence.", "is already here.", "is of a type that is not read")
        assert any(one in said for one in expected), name
        assert str(folder) not in re.sub(r'"path": "[^"]*"', "", said), name


def test_no_path_that_was_not_uploaded_is_read_or_removed(served, tmp_path):
    mine = tmp_path / "mine.txt"
    mine.write_text("Mine\n\nThe harbour of Port Ellery was closed on Friday.")
    uploads = httpx.post(f"{served}/gradio_api/upload", files={"files": ("a.txt", "x")}).json()[0]
    tab = Tab(served)
    tab.send("on_open", None, None)
    for path in (
        str(mine),
        f"{Path(uploads).parent}/{UP}{mine}",
        f"{ROOT}/README.md",
        "/etc/passwd",
        "../README.md",
        f"file://{mine}",
    ):
        said = tab.send("on_files", [file(path)], None, None)
        assert '"success": false' in said and "Port Ellery" not in said and "root:" not in said
        assert "sentences." not in said
    assert mine.exists() and (ROOT / "README.md").exists()


def test_an_id_that_is_a_path_is_no_article(served):
    def call(endpoint, body):
        posted = httpx.post(f"{served}/gradio_api/call/v2/{endpoint}", json=body).json()
        url = f"{served}/gradio_api/call/{endpoint}/{posted['event_id']}"
        return httpx.get(url, timeout=60).text

    for name in ("../etc/passwd", "..", "/", "syria-offensive/../x", "a\0b", "*"):
        for endpoint, body in {
            "remove": {"article": name},
            "ask": {"question": "Who was killed?", "articles": [name]},
        }.items():
            error = json.loads(call(endpoint, body).split("data: ")[1])["error"]
            assert error.startswith(f"There is no such article: {name!r};")
    assert "syria-offensive" in call("articles", {})


def test_an_address_that_names_an_article_or_a_file_shows_the_page_alone(served):
    for query in ("?article=../../etc/passwd", "?q=../../etc/passwd", "?deep_link=../../etc"):
        said = httpx.get(f"{served}/{query}", timeout=20)
        assert said.status_code == 200 and "root:" not in said.text


def file(path: str) -> dict[str, object]:
    return {"path": path, "meta": {"_type": "gradio.FileData"}, "orig_name": "a.txt"}
