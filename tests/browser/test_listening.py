"""By default the app is there for this machine and for no other."""

import socket
from urllib.parse import urlsplit

import pytest


def test_server_listens_on_one_loopback_address_only(app_server: str) -> None:
    port = urlsplit(app_server).port
    socket.create_connection(("127.0.0.1", port), timeout=5).close()
    with pytest.raises(OSError):  # a server on all addresses would answer at this one too
        socket.create_connection(("127.0.0.2", port), timeout=5)
