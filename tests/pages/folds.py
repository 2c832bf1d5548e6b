"""The page with what is folded away on it opened, as a reader does by a click."""

from streamlit.testing.v1 import AppTest


def unfolded(app: AppTest) -> AppTest:
    """The same page with every table that is made only when it is opened."""
    for one in app.expander:
        if one.proto.id:  # ends with the key that it was given
            app.session_state[one.proto.id.split("-", 2)[2]] = True
    return app.run()
