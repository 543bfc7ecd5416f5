"""What the tests of the box share: pastes, and how they get into it."""

from __future__ import annotations

from playwright.sync_api import Page
from small_house import MESSAGE

FRAME = 'Traceback (most recent call last):\n  File "train.py", line 12, in <module>\n    step()\n'
LINE = f"RuntimeError: {MESSAGE}"
TRACEBACK = f"{FRAME}{LINE}\n"
FORK_LINE = "RuntimeError: Cannot re-initialize CUDA in forked subprocess. To use CUDA with fork"
FORK = f"{FRAME}{FORK_LINE}\n"
UNKNOWN = f"{FRAME}ValueError: the frobnicator refused all the widgets of the grommet\n"
CHILD_FAILED = (
    "torch.distributed.elastic.multiprocessing.errors.ChildFailedError: \ntrain.py FAILED\n"
)

FIELD = "[data-pf-box] textarea"
STATUS = "[data-pf-box] [role=status]"
TITLES = ".pf-box__results .pf-hit__title"
MATCHES = ".pf-box__results ol .pf-hit__title"

PASTE = """
([text, selector]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const target = selector ? document.querySelector(selector) : document.body;
  if (selector) target.focus();
  const paste = { clipboardData: data, bubbles: true, cancelable: true };
  return !target.dispatchEvent(new ClipboardEvent("paste", paste));
}
"""


def paste(page: Page, text: str, into: str = FIELD) -> bool:
    """Paste as a reader does.

    Args:
        page: The page.
        text: What is pasted.
        into: The field; an empty text for none.

    Returns:
        Whether the page took the text itself, instead of the browser.
    """
    if page.evaluate(PASTE, [text, into]):
        return True
    page.keyboard.insert_text(text)
    return False


def titles(page: Page, selector: str = TITLES) -> list[str]:
    """The titles of the results, once there are any."""
    page.wait_for_selector(selector)
    return page.locator(selector).all_inner_texts()


def said(page: Page, sentence: str) -> None:
    """Wait until the box says this sentence, among others."""
    page.wait_for_function(
        "([status, text]) => document.querySelector(status).textContent.includes(text)",
        arg=[STATUS, sentence],
    )
