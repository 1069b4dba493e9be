from starlette.applications import Starlette
from starlette.testclient import TestClient

from qa.page.app_files import HEAD, app_routes, head_scripts


def client(*, add: bool) -> TestClient:
    return TestClient(Starlette(routes=app_routes(add=add)), follow_redirects=False)


def test_the_manifest_makes_an_app_whose_icons_are_there_in_their_sizes():
    told = client(add=True).get("/manifest.json")
    assert told.headers["content-type"] == "application/manifest+json"
    manifest = told.json()
    assert manifest["display"] == "standalone" and manifest["start_url"] == "./"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        png = client(add=True).get(f"/{icon['src']}").content
        size = [int.from_bytes(png[at : at + 4]) for at in (16, 20)]
        assert "x".join(map(str, size)) == icon["sizes"]
    for name in ("icon.svg", "apple-180.png"):
        assert f'href="app/{name}"' in HEAD
        assert client(add=True).get(f"/app/{name}").status_code == 200


def test_the_share_sheet_sends_text_address_and_files_and_without_a_worker_the_page_says_so():
    target = client(add=True).get("/manifest.json").json()["share_target"]
    assert target["action"] == "share" and target["method"] == "POST"
    assert set(target["params"]) == {"title", "text", "url", "files"}
    assert ".pdf" in target["params"]["files"][0]["accept"]
    sent = client(add=True).post("/share", data={"url": "https://post.example/x"})
    assert (sent.status_code, sent.headers["location"]) == (303, "./#shared=lost")
    assert client(add=True).get("/worker.js").headers["content-type"].startswith("text/javascript")


def test_where_nothing_can_be_added_nothing_can_be_shared():
    assert "share_target" not in client(add=False).get("/manifest.json").json()
    assert client(add=False).post("/share").status_code == 404
    assert client(add=False).get("/worker.js").status_code == 404
    assert "serviceWorker" in head_scripts(add=True)
    assert "serviceWorker" not in head_scripts(add=False)
