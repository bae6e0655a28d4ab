"""Every file of `deploy/` is checked by a tool that knows its kind; no container engine is needed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from find_nginx import find_nginx
from serving import NO_NGINX, ROOT, answer, app, write_nginx

DEPLOY = ROOT / "deploy"
TOOLS = Path(sys.executable).parent
CHECKED = {
    "Dockerfile", "Dockerfile.dockerignore", "README.md", "compose.yaml", "kubernetes.yaml", "kubernetes-upstream.conf",
    "nginx.conf", "serve.py", "upstream.conf",
}  # fmt: skip


def run(*command: str, **options) -> str:
    """Return what a tool says; fail where it finds fault."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_no_file_is_left_unchecked():
    assert {path.name for path in DEPLOY.iterdir() if path.is_file()} == CHECKED


def test_the_dockerfile():
    run(str(TOOLS / "hadolint"), "deploy/Dockerfile")


def test_the_compose_file():
    run(str(TOOLS / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "deploy/compose.yaml")


def test_the_kubernetes_file():
    said = run(str(TOOLS / "kubernetes-validate"), "--strict", "deploy/kubernetes.yaml")
    many = (DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8").count("\nkind: ")
    assert said.count("passed") == many


@pytest.mark.parametrize("upstream", ["upstream.conf", "kubernetes-upstream.conf"])
def test_the_files_of_nginx(tmp_path, upstream):
    nginx = find_nginx()
    assert nginx, NO_NGINX
    conf = write_nginx(tmp_path, 8080, ["127.0.0.1:8501", "127.0.0.1:8502"], upstream)
    assert "test is successful" in run(nginx, "-t", "-c", str(conf))


def test_what_the_files_name_is_there():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    build = compose["services"]["app"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).resolve() == DEPLOY / "Dockerfile"
    for config in compose["configs"].values():
        assert (DEPLOY / config["file"]).exists()
    for name in re.findall(r"deploy/([a-z.-]+)", (DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8")):
        assert (DEPLOY / name).exists()


def test_ports_and_health_are_those_of_the_app():
    docker = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    port = re.search(r"EXPOSE (\d+)", docker)[1]
    assert f"STREAMLIT_SERVER_PORT={port}" in docker
    assert f"127.0.0.1:{port}/ready" in docker
    for name in ("upstream.conf", "kubernetes-upstream.conf"):
        assert f":{port} resolve" in (DEPLOY / name).read_text(encoding="utf-8")
    pods = [
        document["spec"]["template"]["spec"]["containers"][0]
        for document in yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8"))
        if document["kind"] == "Deployment"
    ]
    assert pods[0]["ports"][0]["containerPort"] == int(port)
    assert pods[0]["livenessProbe"]["httpGet"]["path"] == "/_stcore/health"
    assert pods[0]["readinessProbe"]["httpGet"]["path"] == "/ready"


def test_what_runs_many_is_locked_down():
    """Not root, nothing can be written but /tmp, no extra rights: in every file that starts a container."""
    docker = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER [1-9]\d+:[1-9]\d+$", docker, re.MULTILINE)
    assert "--require-hashes" in docker
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    for service in compose["services"].values():
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
        assert service["security_opt"] == ["no-new-privileges:true"]
    assert compose["networks"]["inside"]["internal"] is True
    for document in yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8")):
        if document["kind"] != "Deployment":
            continue
        pod = document["spec"]["template"]["spec"]
        assert pod["securityContext"]["runAsNonRoot"] is True
        for container in pod["containers"]:
            rights = container["securityContext"]
            assert (rights["readOnlyRootFilesystem"], rights["allowPrivilegeEscalation"]) == (True, False)
            assert rights["capabilities"] == {"drop": ["ALL"]}


def test_what_the_image_holds_is_enough_to_run(tmp_path):
    """Copy what the Dockerfile copies, and nothing else, and run its command there."""
    image = tmp_path / "image"
    copied = re.findall(r"^COPY (?!--from|requirements)(\S+) (\S+)$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert len(copied) >= 4
    for source, target in copied:
        there = image / target
        there = there / Path(source).name if target.endswith("./") else there
        there.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, there, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / source, there)
    with app(tmp_path, folder=image, PYTHONDONTWRITEBYTECODE="1") as running:
        status, _, body = answer(running.address, "/ready")
        assert (status, b'"ready":true' in body) == (200, True)
        assert answer(running.address, "/")[0] == 200
