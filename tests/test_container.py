"""What can rot in the container's files; that they build and run is checked where an engine is."""

import json
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", "")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
PORT = "7860"


def words(instruction):
    """What stands after each line's instruction: `words("USER")` -> `["1000"]`."""
    return re.findall(rf"^{instruction} +(.*)$", DOCKERFILE, re.M)


def served_command():
    return json.loads(words("CMD")[-1])


def health_command():
    (check,) = words("HEALTHCHECK")
    return json.loads(check.split("CMD ")[1])


def test_the_image_has_the_python_of_a_space():
    front = yaml.safe_load((ROOT / "README.md").read_text("utf-8").split("---\n")[1])
    assert words("FROM") == [f"python:{front['python_version']}-slim"]


def test_the_page_is_served_to_others_by_a_user_that_is_not_root():
    command = served_command()
    assert command[:2] == ["qa", "serve"] and command[command.index("--host") + 1] == "0.0.0.0"
    assert words("EXPOSE") == [PORT] == [command[command.index("--port") + 1]]
    assert COMPOSE["services"]["app"]["ports"] == [f"{PORT}:{PORT}"]
    (user,) = words("USER")
    assert int(user) > 0


def test_the_health_check_passes_once_the_page_answers(served):
    command = [part.replace(PORT, served.rsplit(":")[-1]) for part in health_command()]
    command[0] = sys.executable
    assert any(f":{PORT}/" in part for part in health_command())
    for _ in range(60):  # an engine asks again too
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
        if not done.returncode:
            return
        assert "404" not in done.stderr, done.stderr
        time.sleep(1)
    raise AssertionError(done.stderr)


def test_the_index_is_built_into_the_folder_that_the_volume_begins_with():
    (folder,) = (line.split("=")[1] for line in words("ENV") if line.startswith("QA_CHROMA"))
    (volume,) = words("VOLUME")
    assert Path(volume) in Path(folder).parents
    built, kept = DOCKERFILE.index("\nRUN qa list\n"), DOCKERFILE.index("\nVOLUME")
    assert DOCKERFILE.index("QA_CHROMA") < built < kept  # what is written later is not kept


def test_the_image_is_built_of_tracked_files_that_are_sent_to_the_engine():
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    sent = {line.removeprefix("!") for line in lines if line.startswith("!")}
    listed = subprocess.run(
        ["git", "ls-files", *sent], cwd=ROOT, capture_output=True, text=True, check=True
    )
    tracked = {name.split("/")[0] for name in listed.stdout.splitlines()}
    assert "*" in lines and sent == tracked
    for copied in words("COPY"):
        assert set(copied.split()[:-1]) <= sent
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {project["project"]["readme"], *project["project"]["license-files"]}
    assert needed | {*wheel["packages"], *wheel["force-include"]} <= sent


def test_the_server_is_of_the_version_that_the_client_is():
    (client,) = re.findall(r"^chromadb==(.+)$", (ROOT / "requirements.txt").read_text(), re.M)
    server = COMPOSE["services"]["chroma"]
    assert server["image"] == f"chromadb/chroma:{client}"
    assert [volume.split(":")[0] for volume in server["volumes"]] == list(COMPOSE["volumes"])


def test_the_app_waits_for_a_server_that_has_a_health_check():
    app = COMPOSE["services"]["app"]
    (server,) = app["depends_on"]
    assert app["depends_on"][server] == {"condition": "service_healthy"}
    assert app["environment"]["QA_CHROMA"] == f"http://{server}:8000"
    assert "8000" in COMPOSE["services"][server]["healthcheck"]["test"][-1]
