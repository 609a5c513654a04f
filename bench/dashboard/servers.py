"""Dashboards in processes of their own: ours on a project, and the usual pattern on a table."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

HERE = Path(__file__).parent


def free_port() -> int:
    """A port nobody listened on a moment ago."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def ours(project: Path) -> Iterator[Server]:
    """`visitmap serve` on a project."""
    port = free_port()
    command = [sys.executable, "-m", "visitmap", "serve", "--no-browser", "--port", str(port)]
    environment = {"VISITMAP_USER": "bench"}
    # A project that has all it needs reads no example beside it.
    yield from _running([*command, "--project", str(project)], port, environment)


@contextmanager
def usual(python: str, table: Path, mode: str) -> Iterator[Server]:
    """The usual pattern, with the Python that has streamlit-folium."""
    port = free_port()
    command = [python, "-m", "streamlit", "run", str(HERE / "usual_app.py")]
    command += ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
    command += ["--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
    environment = {"BENCH_TABLE": str(table), "BENCH_MODE": mode}
    yield from _running(command, port, environment)


class Server:
    """A running dashboard: where it is, and what its processes hold in memory."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.address = process, f"http://127.0.0.1:{port}"

    def resident_mb(self) -> float:
        """The resident set of the server and what it started."""
        first = psutil.Process(self.process.pid)
        return sum(one.memory_info().rss for one in [first, *first.children(True)]) / 1e6


def _running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[Server]:
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    server = Server(process, port)
    try:
        _wait(server)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _wait(server: Server) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{server.address}/_stcore/health", timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise SystemExit(f"{server.address} did not answer")
