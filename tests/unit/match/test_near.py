"""Messages that are not quite a signature: the right ones are taken, the others are not."""

from __future__ import annotations

import pytest

from provenfix.match.matcher import Matcher, Result
from provenfix.match.rules import rules

ENTRIES = {
    "memory": ("OutOfMemoryError", r"CUDA out of memory\. Tried to allocate [\d.]+ \w+"),
    "twice": (
        "RuntimeError",
        r"Trying to backward through the graph a second time \(or directly access saved tensors",
    ),
    "target": ("RuntimeError", r"expected scalar type Long but found [A-Z][a-z]+"),
    "half": ("RuntimeError", "\"[A-Za-z_0-9]+\" not implemented for 'Half'"),
    "kernel": ("RuntimeError", "CUDA error: an illegal memory access was encountered"),
    "worker": ("RuntimeError", "stack expects each tensor to be equal size"),
}
MATCHER = Matcher(
    {
        "version": 1,
        "entries": [[slug, [list(signature)]] for slug, signature in ENTRIES.items()],
        "rules": rules(),
    }
)


def _match(text: str) -> Result:
    return MATCHER.match(text)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("RuntineError: CUDA out of the memory", "memory"),
        ("RuntimeError: CUDA error: out of memory", "memory"),
        ("RuntimeError: Trying to backward through the graph a second ti", "twice"),
        ("RuntirneError: Trying to backward through the graph a second tirne", "twice"),
        ("RuntimeError: expected scaler type Long but fuond Float", "target"),
        ("RuntimeError: addmm_impl_cpu_ not implemented for Half", "half"),
        ("RuntimeError: ...access was encountered", None),
        ("RuntimeError: ...an illegal memory access was encountered", "kernel"),
        ("RuntimeError: stackexpects each tensor to be equal size", "worker"),
    ],
)
def test_differently_said(text: str, entry: str | None) -> None:
    """Misspelt, shortened and cut messages lead to their entry, at a lower score."""
    result = _match(text)

    assert [entry] * (entry is not None) == [match.entry for match in result.matches]
    assert all(match.score <= 0.65 for match in result.matches)


@pytest.mark.parametrize(
    "text",
    [
        "RuntimeError: expected scalar type Half but found Float",
        "RuntimeError: \"addmm_impl_cpu_\" not implemented for 'Long'",
        "RuntimeError: MPS backend out of memory",
        "KeyError: CUDA out of the memory",
        "RuntimeError: CUDA error: misaligned address",
        "HIP error: an illegal memory acess was encountered",
        "pycuda._driver.LogicError: cuCtxSynchronize failed: an illegal memory access was found",
        "tensorflow.errors.InternalError: CUDA error: an illegal memory access was encountered",
        "ggml_cuda_init: 1 device\nCUDA error: an illegal memory access was encountered",
        "train.py:3: UserWarning: CUDA out of memory. Tried to allocate 2 GiB",
        "WARNING: CUDA out of memory. Tried to allocate 2 GiB, retrying",
        'if "CUDA out of memory. Tried to allocate 2 GiB" in str(error):',
    ],
)
def test_something_else(text: str) -> None:
    """Another word in one's place, another stack, a warning and source code match nothing."""
    assert () == _match(text).matches


def test_nearest_share_words() -> None:
    """Where nothing fits, the entries that share the most words are named."""
    result = _match("RuntimeError: expected scalar type Half but found Float")

    assert (("target", 0.85),) == result.nearest
