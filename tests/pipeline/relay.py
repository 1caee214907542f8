"""A TCP relay that notes what passes: put before a stage, it shows what really crossed the socket."""

import socket
import threading
from types import TracebackType


class Relay:
    """Listens on a free loopback port and passes everything on to `target`; keeps a bounded copy of the bytes."""

    KEPT_BYTES_MAX = 64 << 20

    def __init__(self) -> None:
        self.target: tuple[str, int] | None = None
        self.sent = bytearray()
        self.received = bytearray()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._closing = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._listener.getsockname()[1]}"

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self.target is None:
                near.close()
                continue
            try:
                far = socket.create_connection(self.target)
            except OSError:
                near.close()
                continue
            threading.Thread(target=self._pass_on, args=(near, far, self.sent), daemon=True).start()
            threading.Thread(target=self._pass_on, args=(far, near, self.received), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, copy: bytearray) -> None:
        try:
            while data := source.recv(1 << 16):
                if len(copy) < self.KEPT_BYTES_MAX:
                    copy += data
                target.sendall(data)
        except OSError:
            self._closing.is_set()  # either side hung up: the other is told below
        finally:
            for end in (source, target):
                end.close()

    def __enter__(self) -> "Relay":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._listener.close()
