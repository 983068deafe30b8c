"""A line to a server that can be cut: before a message has gone out, or after it has and before it is answered."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class CutLine:
    """Passes on what is sent to a socket; one message of a client can be chosen, at which its connection ends."""

    def __init__(self, socket_path: str) -> None:
        self._path = socket_path
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self._chosen: Callable[[bytes], bool] = lambda _: False
        self._sent = False
        self.cuts = 0
        threading.Thread(target=self._admit, daemon=True).start()

    def cut(self, chosen: Callable[[bytes], bool], *, sent: bool) -> None:
        """End the connection at the next chosen message, once; `sent` lets it reach the server."""
        self._chosen, self._sent, self.cuts = chosen, sent, 0

    def close(self) -> None:
        """Let nobody in any more."""
        with suppress(OSError):  # it was closed before
            self._door.shutdown(socket.SHUT_RDWR)  # else it lets in one more
        self._door.close()

    def _admit(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._path)
                for work, here, there in ((self._asked, client, server), (self._answered, server, client)):
                    threading.Thread(target=work, args=(here, there), daemon=True).start()

    def _asked(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                if self.cuts == 0 and self._chosen(data):
                    self.cuts = 1
                    client.shutdown(socket.SHUT_RDWR)  # no answer comes through from here on
                    if self._sent:
                        server.sendall(data)
                    break
                server.sendall(data)
            server.shutdown(
                socket.SHUT_WR
            )  # the server ends what was begun; closing alone would wait for its answer

    def _answered(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError), server, client:
            while data := server.recv(65536):
                client.sendall(data)
