"""What a page says that it cannot speak of."""

from __future__ import annotations

from typing import Any

import pytest
from small_house import BACKWARD_TWICE, environment, house, record

from provenfix.labels import LANGUAGES, Language, labels
from provenfix.records import Gpu, Store
from provenfix.render import not_tested
from provenfix.standing import stand

GPU = Gpu(name="H200", capability="9.0", driver="1", cuda_runtime="13.0", count=2)


def _sentences(language: Language, **facts: Any) -> list[str]:
    """The sentences for `backward-twice`, run in one environment with these facts."""
    the_house = house()
    where = environment("2.13.0").model_copy(update=facts)
    found = record(the_house.entries["backward-twice"], where, BACKWARD_TWICE)
    store = Store(
        environments={where.name: where}, records={(found.entry, found.environment): found}
    )
    standing = stand(the_house, store)
    entry = standing.entries["backward-twice"]
    return list(not_tested.sentences(the_house, standing, entry, labels(language)))


KEYS = ("gpu", "rocm", "other_chips", "systems", "python", "rest")


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_cpu(language: Language) -> None:
    """A page that was measured on one CPU names hardware, systems and versions of Python."""
    say = labels(language)
    separator = say("list_separator")
    values = {
        "names": f"Windows{separator}macOS",
        "systems": "Linux x86_64",
        "versions": "3.11",
    }
    expected = [say(f"page.not_tested.{key}", **values) for key in KEYS]

    assert expected == _sentences(language)[-len(KEYS) :]


def test_gpu_without_others() -> None:
    """Where one GPU was used, the page says that several were not."""
    say = labels("en")
    found = _sentences("en", device="gpu", gpu=GPU, capabilities=("cuda",))

    assert say("page.not_tested.multi_gpu") in found
    assert say("page.not_tested.gpu") not in found


def test_what_was_tested_is_not_named() -> None:
    """Several GPUs, ROCm and macOS leave the list once an environment has them."""
    facts = {"build": "rocm6.4", "system": "Darwin arm64", "capabilities": ("cuda", "multi_gpu")}
    found = " ".join(_sentences("en", gpu=GPU, **facts))

    assert "Windows: everything was run on Darwin arm64." in found
    assert not any(word in found for word in ("macOS", "ROCm", "several GPUs"))
