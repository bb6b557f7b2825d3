"""A small hub on this machine: enough of the Hub's HTTP interface for the real client to create, upload, tag and load.

It counts what it is asked, wants a token for whatever writes, and can be told to cut a connection at a given request.
"""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
from base64 import b64decode
from dataclasses import dataclass, field
from hashlib import sha1, sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "hf_onlyForThisTest0123456789"
_API = re.compile(r"/api/datasets/([^/]+/[^/]+)(?:/(.*))?")
_FILE = re.compile(r"/datasets/([^/]+/[^/]+)/resolve/([^/]+)/(.*)")
_BATCH = re.compile(r"/datasets/([^/]+/[^/]+)\.git/info/lfs/objects/batch")


@dataclass
class Repository:
    """Commits as (id, path -> content), the newest last."""

    private: bool
    commits: list[tuple[str, dict[str, bytes]]] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)
    pulls: list[dict[str, bytes]] = field(default_factory=list)

    @property
    def head(self) -> str:
        return self.commits[-1][0]

    def at(self, revision: str) -> tuple[str, dict[str, bytes]] | None:
        wanted = self.tags.get(revision, self.head if revision == "main" else revision)
        return next(((oid, files) for oid, files in self.commits if oid == wanted), None)

    def commit(self, files: dict[str, bytes]) -> str:
        described = repr([len(self.commits), sorted((path, sha256(data).hexdigest()) for path, data in files.items())])
        self.commits.append((sha1(described.encode()).hexdigest(), files))
        return self.head


@dataclass
class Fault:
    """What goes wrong at the next `times` requests that fit: the line is cut before, amid or after the work, or a
    status is answered."""

    method: str
    path: str
    how: str
    times: int = 1


class Hub:
    """The server, its repositories, its log of (method, path), and its faults."""

    def __init__(self) -> None:
        self.repositories: dict[str, Repository] = {}
        self.stored: dict[str, bytes] = {}
        self.log: list[tuple[str, str]] = []
        self.tokens: set[str] = set()
        self.faults: list[Fault] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def asked(self, method: str, path: str) -> int:
        return sum(each == method and re.search(path, where) is not None for each, where in self.log)

    def fault_at(self, method: str, path: str) -> Fault | None:
        for fault in self.faults:
            if fault.times and fault.method == method and re.search(fault.path, path):
                fault.times -= 1
                return fault
        return None


def _handler(hub: Hub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet."""

        def do_GET(self) -> None:
            self.serve()

        def do_HEAD(self) -> None:
            self.serve()

        def do_POST(self) -> None:
            self.serve()

        def do_PUT(self) -> None:
            self.serve()

        def serve(self) -> None:
            parts = urlsplit(self.path)
            path, query = unquote(parts.path), parse_qs(parts.query)
            hub.log.append((self.command, path))
            fault = hub.fault_at(self.command, path)
            size = int(self.headers.get("Content-Length") or 0)
            if fault and fault.how == "amid":
                self.rfile.read(size // 2)
                return self.cut()
            body = self.rfile.read(size)
            if fault and fault.how == "before":
                return self.cut()
            if fault and fault.how.isdigit():
                return self.say(int(fault.how), {"error": "out of order"})
            token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
            hub.tokens.add(token)
            writes = self.command in {"POST", "PUT"} and not path.startswith("/store/") and "validate-yaml" not in path
            if writes and token != TOKEN:
                return self.say(401, {"error": "who are you?"})
            answer = self.answer(path, query, body)
            if fault and fault.how == "after":
                return self.cut()
            if answer is None:
                code = "RepoNotFound" if _API.fullmatch(path) else "EntryNotFound"
                return self.say(404, {"error": code}, {"X-Error-Code": code})
            if isinstance(answer, _Content):
                return self.send_content(answer)
            status, content = answer
            return self.say(status, content)

        def answer(self, path: str, query: dict[str, list[str]], body: bytes) -> Any:
            if path == "/api/repos/create":
                asked = json.loads(body)
                name = f"{asked['organization']}/{asked['name']}"
                if name in hub.repositories:
                    return 409, {"error": "there already", "url": f"{hub.url}/datasets/{name}"}
                made = Repository(private=asked.get("visibility") == "private" or asked.get("private") is True)
                made.commit({".gitattributes": b""})
                hub.repositories[name] = made
                return 200, {"url": f"{hub.url}/datasets/{name}", "name": name, "id": name}
            if path == "/api/validate-yaml":
                return 200, {"errors": [], "warnings": []}
            if path.startswith("/store/"):
                oid = path.split("/")[2]
                if self.command == "PUT" and sha256(body).hexdigest() == oid:
                    hub.stored[oid] = body
                return 200, {}
            if batch := _BATCH.fullmatch(path):
                return (200, _batch(hub, json.loads(body))) if batch.group(1) in hub.repositories else None
            if file := _FILE.fullmatch(path):
                repository = hub.repositories.get(file.group(1))
                found = repository.at(file.group(2)) if repository else None
                return _Content(found[0], found[1][file.group(3)]) if found and file.group(3) in found[1] else None
            api = _API.fullmatch(path)
            repository = hub.repositories.get(api.group(1)) if api else None
            if api is None or repository is None:
                return None
            return _repository(hub, api.group(1), repository, api.group(2) or "", query, body)

        def say(self, status: int, content: Any, headers: dict[str, str] | None = None) -> None:
            data = json.dumps(content).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        def send_content(self, content: _Content) -> None:
            self.send_response(200)
            self.send_header("X-Repo-Commit", content.commit)
            self.send_header("ETag", f'"{sha256(content.data).hexdigest()}"')
            self.send_header("Content-Length", str(len(content.data)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content.data)

        def cut(self) -> None:
            """Reset, so that the client sees a broken line and no answer."""
            self.close_connection = True
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    return Handler


@dataclass
class _Content:
    commit: str
    data: bytes


def _is_large(path: str) -> bool:
    return path.endswith(".parquet")


def _batch(hub: Hub, asked: dict[str, Any]) -> dict[str, Any]:
    objects = []
    for each in asked["objects"]:
        entry = {"oid": each["oid"], "size": each["size"]}
        if each["oid"] not in hub.stored:
            place = f"{hub.url}/store/{each['oid']}"
            entry["actions"] = {"upload": {"href": place}, "verify": {"href": f"{place}/verify"}}
        objects.append(entry)
    return {"transfer": "basic", "objects": objects}


def _oid(path: str, data: bytes) -> str:
    return sha256(data).hexdigest() if _is_large(path) else sha1(b"blob %d\0" % len(data) + data).hexdigest()


def _repository(
    hub: Hub, name: str, repository: Repository, rest: str, query: dict[str, list[str]], body: bytes
) -> tuple[int, Any] | None:
    what, _, argument = rest.partition("/")
    if what in {"", "revision"}:
        found = repository.at(argument or "main")
        if found is None:
            return None
        siblings = [{"rfilename": path} for path in sorted(found[1])]
        return 200, {"id": name, "sha": found[0], "private": repository.private, "siblings": siblings, "tags": []}
    if what == "refs":
        branches = [{"name": "main", "ref": "refs/heads/main", "targetCommit": repository.head}]
        tags = [{"name": tag, "ref": f"refs/tags/{tag}", "targetCommit": oid} for tag, oid in repository.tags.items()]
        return 200, {"branches": branches, "converts": [], "tags": tags}
    if what == "tree":
        return _tree(repository, argument, query)
    if what == "preupload":
        files = repository.commits[-1][1]
        return 200, {"files": [_preupload(each["path"], files) for each in json.loads(body)["files"]]}
    if what == "tag":
        tag = json.loads(body)["tag"]
        if tag in repository.tags:
            return 409, {"error": "there already"}
        repository.tags[tag] = repository.head if argument == "main" else argument
        return 200, {}
    if what == "commit":
        return _commit(hub, name, repository, body, create_pr="create_pr" in query)
    return None


def _preupload(path: str, files: dict[str, bytes]) -> dict[str, Any]:
    known = {"oid": _oid(path, files[path])} if path in files else {}
    return {"path": path, "uploadMode": "lfs" if _is_large(path) else "regular", "shouldIgnore": False, **known}


def _tree(repository: Repository, argument: str, query: dict[str, list[str]]) -> tuple[int, Any] | None:
    revision, _, below = argument.partition("/")
    found = repository.at(revision)
    if found is None:
        return None
    entries: dict[str, dict[str, Any]] = {}
    for path, data in sorted(found[1].items()):
        if below and not path.startswith(f"{below}/"):
            continue
        inner = path.removeprefix(f"{below}/") if below else path
        if "/" in inner and query.get("recursive", ["false"])[0].lower() != "true":
            folder = f"{below}/{inner.partition('/')[0]}" if below else inner.partition("/")[0]
            entries[folder] = {"type": "directory", "path": folder, "oid": "0" * 40, "size": 0}
        else:
            large = {"lfs": {"oid": _oid(path, data), "size": len(data), "pointerSize": 130}} if _is_large(path) else {}
            entries[path] = {"type": "file", "path": path, "oid": _oid(path, data)[:40], "size": len(data), **large}
    return (200, list(entries.values())) if entries or not below else None


def _commit(hub: Hub, name: str, repository: Repository, body: bytes, *, create_pr: bool) -> tuple[int, Any]:
    lines = [json.loads(line) for line in body.splitlines() if line.strip()]
    parent = lines[0]["value"].get("parentCommit")
    if parent and parent != repository.head:
        return 412, {"error": "the head has moved"}
    files = dict(repository.commits[-1][1])
    for line in lines[1:]:
        value = line["value"]
        if line["key"] == "file":
            files[value["path"]] = b64decode(value["content"])
        elif line["key"] == "lfsFile":
            if value["oid"] not in hub.stored:
                return 400, {"error": "an object is missing"}
            files[value["path"]] = hub.stored[value["oid"]]
        elif line["key"] == "deletedFile":
            files.pop(value["path"], None)
    if create_pr:
        repository.pulls.append(files)
        place, oid = f"{hub.url}/datasets/{name}", "f" * 40
        pull = f"{place}/discussions/{len(repository.pulls)}"
        return 200, {"commitOid": oid, "commitUrl": f"{place}/commit/{oid}", "pullRequestUrl": pull, "success": True}
    oid = repository.commit(files)
    return 200, {"commitOid": oid, "commitUrl": f"{hub.url}/datasets/{name}/commit/{oid}", "success": True}
