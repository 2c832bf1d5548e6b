"""Pages run by Streamlit's own runner: what a run costs the server, and what it sends to the browser."""

import time
from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest, app_test
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from tests.house_rules import CHECKOUT

FRAME = CHECKOUT / "spm" / "ui" / "frame.py"
WAIT_SECONDS = 600
AGAIN = ""
"""The change that is none: the page is run again."""

Change = tuple[str, object]
"""The key of a filter or of another widget, and what it is set to."""


@dataclass(frozen=True)
class Rerun:
    """One run of a page: CPU time of the thread that ran it, and the bytes of what it sends."""

    cpu_ms: float
    sent_bytes: int


class _Measured(LocalScriptRunner):
    last: Rerun

    def _run_script_thread(self) -> None:
        started = time.thread_time()
        super()._run_script_thread()
        cpu_ms = 1000 * (time.thread_time() - started)
        _Measured.last = Rerun(cpu_ms, sum(message.ByteSize() for message in self.forward_msgs()))


class Reader:
    """A reader of one page."""

    def __init__(self, patch: pytest.MonkeyPatch, url: str, page: str, **chosen: object) -> None:
        patch.setenv("SPM_DATABASE_URL", url)
        patch.setattr(app_test, "LocalScriptRunner", _Measured)
        self.app = AppTest.from_file(str(FRAME), default_timeout=WAIT_SECONDS)
        for key, value in chosen.items():
            self.app.session_state[key] = value
        self.app.switch_page(str(CHECKOUT / "pages" / f"{page}.py"))

    def run(self, key: str = AGAIN, value: object = None) -> Rerun:
        """The run of the page as it is, or after a widget was set."""
        if key:
            self._set(key, value)
        self.app.run()
        assert not self.app.exception, self.app.exception[0].value
        return _Measured.last

    def _set(self, key: str, value: object) -> None:
        widgets = [*self.app.selectbox, *self.app.multiselect, *self.app.get("button_group")]
        for widget in widgets:
            if widget.key == key:
                widget.set_value(value)
                return
        self.app.session_state[key] = value
