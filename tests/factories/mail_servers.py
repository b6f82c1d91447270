"""Mail servers as they are met: good ones, and each of the kinds that stop others."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class MailServer:
    """One listening socket; ``speaks`` False accepts everybody and never says a word."""

    speaks: bool = True
    starttls: bool = False
    certificate: Path | None = None
    """With STARTTLS: what it shows."""
    port: int = 0
    visitors: int = 0
    received: list[str] = field(default_factory=list)

    def serve(self, listener: socket.socket) -> None:
        """Take visitors until the socket is closed."""
        while True:
            try:
                visitor, _address = listener.accept()
            except OSError:
                return
            self.visitors += 1
            threading.Thread(target=self._talk, args=(visitor,), daemon=True).start()

    def _talk(self, visitor: socket.socket) -> None:
        if not self.speaks:
            with suppress(OSError):
                while visitor.recv(1000):
                    pass
            return
        with suppress(OSError):
            self._converse(visitor)

    def _converse(self, visitor: socket.socket) -> None:
        visitor.sendall(b"220 here\r\n")
        lines = visitor.makefile("rb")
        while line := lines.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"EHLO":
                extra = b"250-STARTTLS\r\n" if self.starttls else b""
                visitor.sendall(b"250-here\r\n" + extra + b"250 8BITMIME\r\n")
            elif word == b"STARTTLS" and self.certificate is not None:
                visitor.sendall(b"220 go\r\n")
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(self.certificate)
                visitor = context.wrap_socket(visitor, server_side=True)
                lines = visitor.makefile("rb")
            elif word == b"DATA":
                visitor.sendall(b"354 go\r\n")
                body = b""
                while (part := lines.readline()) not in (b".\r\n", b""):
                    body += part
                self.received.append(body.decode())
                visitor.sendall(b"250 kept\r\n")
            elif word == b"QUIT":
                visitor.sendall(b"221 bye\r\n")
                return
            else:
                visitor.sendall(b"250 ok\r\n")


@contextmanager
def serving(server: MailServer, *, port: int = 0) -> Iterator[MailServer]:
    """The server at a free port, or at the one given, while the block lasts."""
    with socket.create_server(("127.0.0.1", port)) as listener:
        server.port = listener.getsockname()[1]
        threading.Thread(target=server.serve, args=(listener,), daemon=True).start()
        try:
            yield server
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)


def free_port() -> int:
    """A port at which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificate_of_somebody_else(directory: Path) -> Path:
    """A certificate and its key in one file, for another name and trusted by nobody."""
    path = directory / "other.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=elsewhere.example", "-keyout", str(path), "-out", f"{path}.crt"),
        ],
        check=True,
        capture_output=True,
    )
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path
