"""A TCP proxy that fails in any way asked for.

Modes: `pass`; `refuse` (closes new connections at once); `blackhole` (takes connections and says
nothing); `delay` (each piece comes `seconds` later); `cut` (breaks after `cut_after` bytes).
"""

import contextlib
import socket
import threading
import time
from typing import Self


class Proxy:
    """`with Proxy(port) as proxy:` listens on `proxy.port` and speaks for 127.0.0.1:port."""

    def __init__(self, target: int, mode: str = "pass") -> None:
        self.target, self.mode = target, mode
        self.seconds, self.cut_after = 0.0, 0
        self.passed = 0
        self.open: set[socket.socket] = set()

    def __enter__(self) -> Self:
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.answer, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.door.shutdown(socket.SHUT_RDWR)
        self.door.close()
        self.break_all()

    def break_all(self) -> None:
        """Break every open connection now."""
        for line in list(self.open):
            self.close(line)

    def answer(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, _address = self.door.accept()
                self.open.add(caller)
                if self.mode == "refuse":
                    self.close(caller)
                elif self.mode != "blackhole":
                    self.connect(caller)

    def connect(self, caller: socket.socket) -> None:
        try:
            server = socket.create_connection(("127.0.0.1", self.target), timeout=5)
        except OSError:
            self.close(caller)
            return
        server.settimeout(None)
        self.open.add(server)
        for source, sink in ((caller, server), (server, caller)):
            threading.Thread(target=self.carry, args=[source, sink], daemon=True).start()

    def carry(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                while self.mode == "blackhole":
                    time.sleep(0.05)
                time.sleep(self.seconds if self.mode == "delay" else 0)
                self.passed += len(piece)
                if self.mode == "cut" and self.passed > self.cut_after:
                    break
                sink.sendall(piece)
        self.close(source)
        self.close(sink)

    def close(self, line: socket.socket) -> None:
        self.open.discard(line)
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
        line.close()
