"""Every page is for everybody: axe, 44 px targets, no sideways scrolling, a quiet console."""

from tests.browser.conftest import Run


def test_pages_before_sign_in(run: Run) -> None:
    """Whoever comes first finds nothing in the way."""
    run("accessible.mjs", paths=["/sign-in", "/sign-up", "/welcome#no-such-link"], allowed=[r"/welcome.*\b404\b"])
