"""By default the app is there for this machine and for no other."""

import socket
from urllib.parse import urlsplit


def test_server_listens_on_one_loopback_address_only(app_server: str) -> None:
    port = urlsplit(app_server).port
    assert _refusal("127.0.0.1", port) == 0
    assert _refusal("127.0.0.2", port) != 0  # a server on all addresses would answer here too


def _refusal(address: str, port: int | None) -> int:
    """The system's error number on connecting; 0 where somebody listens."""
    with socket.socket() as caller:
        caller.settimeout(5)
        return caller.connect_ex((address, port))
