"""Every answer of the server carries the headers that keep strangers out of the page."""

import asyncio
from typing import Any

from spm.ui.server.security import HEADERS, SecurityHeaders


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Says no to every request, and lets every websocket in."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": b"not here"})
    else:
        await send({"type": "websocket.accept"})


def sent(kind: str) -> list[dict[str, Any]]:
    """What the app sends to a request or websocket, with the headers around it."""
    messages: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        messages.append(message)

    asyncio.run(SecurityHeaders(app)({"type": kind}, None, send))  # type: ignore[arg-type]
    return messages


def test_every_answer_carries_the_headers_beside_its_own() -> None:
    start, body = sent("http")
    headers = {name.decode(): text.decode() for name, text in start["headers"]}
    assert headers == {"content-type": "text/plain"} | {name.lower(): text for name, text in HEADERS.items()}
    assert body["body"] == b"not here"


def test_nobody_may_frame_the_app_or_bring_scripts_of_another_host() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["frame-ancestors"] == "'none'"
    assert "http" not in policy["script-src"]
    assert policy["default-src"] == "'self'"


def test_a_websocket_passes_as_it_is() -> None:
    assert sent("websocket") == [{"type": "websocket.accept"}]
