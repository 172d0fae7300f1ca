"""A mail server of a few lines: it takes letters one at a time, and notes them."""

from __future__ import annotations

import socket
import ssl
from email import message_from_bytes, policy
from email.message import EmailMessage


class MailServer:
    """*login*: what AUTH PLAIN has to say; *tls*: a context for STARTTLS, or from the start where *at_once*; *refuses*: a command it turns down."""

    def __init__(
        self, listener: socket.socket, *, login: str | None = None, tls: ssl.SSLContext | None = None, at_once: bool = False, refuses: str = ""
    ) -> None:
        self.letters: list[EmailMessage] = []
        self.receivers: list[str] = []
        self.said: list[str] = []
        self.port: int = listener.getsockname()[1]
        self._listener = listener
        self._login = login
        self._tls = tls
        self._at_once = at_once
        self._refuses = refuses
        self._stopping = False

    def serve(self) -> None:
        while not self._stopping:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # closed by `stop`
                return
            with connection:
                connection.settimeout(5)
                try:
                    self._converse(self._tls.wrap_socket(connection, server_side=True) if self._tls and self._at_once else connection)
                except (OSError, ssl.SSLError):  # the client went away, or never spoke TLS
                    continue

    def stop(self) -> None:
        self._stopping = True
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _converse(self, connection: socket.socket) -> None:
        lines = connection.makefile("rb")
        connection.sendall(b"220 here\r\n")
        while line := lines.readline().decode().strip():
            self.said.append(line)
            command = line.split()[0].upper()
            if command == self._refuses:
                connection.sendall(b"550 no\r\n")
            elif command == "STARTTLS" and self._tls:
                connection.sendall(b"220 go on\r\n")
                connection = self._tls.wrap_socket(connection, server_side=True)
                lines = connection.makefile("rb")
            elif command == "DATA":
                connection.sendall(b"354 go on\r\n")
                self._take_letter(lines.readline)
                connection.sendall(b"250 taken\r\n")
            elif command == "QUIT":
                connection.sendall(b"221 bye\r\n")
                return
            else:
                connection.sendall(self._answer(command, line))

    def _answer(self, command: str, line: str) -> bytes:
        match command:
            case "EHLO":
                starttls = b"250-STARTTLS\r\n" if self._tls and not self._at_once else b""
                return b"250-here\r\n" + starttls + b"250 AUTH PLAIN\r\n"
            case "AUTH":
                return b"235 welcome\r\n" if line.split()[-1] == self._login else b"535 wrong: " + line.encode() + b"\r\n"
            case "RCPT":
                self.receivers.append(line.partition(":")[2].strip("<> "))
        return b"250 ok\r\n"

    def _take_letter(self, read) -> None:
        taken = b""
        while (line := read()) != b".\r\n":
            taken += line.removeprefix(b".")  # RFC 5321, section 4.5.2
        self.letters.append(message_from_bytes(taken, policy=policy.default))
