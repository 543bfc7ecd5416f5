"""What was observed, as values: cells, records, environments. `evidence` keeps them on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from provenfix import digest
from provenfix.fields import Frozen
from provenfix.runner.probe import of_build

AGREE_WITHIN = 2.0
"""Two measured costs agree if neither is more than this many times the other."""

CONTAINED = frozenset({"files", "memory", "network", "processes", "time"})
"""What a script is kept from where a host offers everything."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Outcome(StrEnum):
    """What a script did."""

    PASSED = "passed"
    RAISED = "raised"
    OTHER_ERROR = "other_error"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    NOT_APPLICABLE = "not_applicable"


class Cell(Frozen):
    """What one script did in one environment.

    Args:
        inputs: Digest of what the run depended on (`digest.of_inputs`).
        asserts: Distinct assert statements that the main program reached.
        caught: The entry's own error passed through the script and was swallowed.
        contained: What the script was kept from: files, memory, network, processes, time.
        differing: How many of its runs did not do what the others did; more than none is a flake.
        exception, message: The final error, if it died of one; lines, normalised.
        expected: The final error was the other error that the claim names.
        measures: The costs that the script printed, by name (ratios, without a unit).
        packages: The versions that it ran on in the place of the environment's, by name.
        reason: Why it ended as it did, where the outcome does not say.
        runs: How many times it was run, one after the other.
        signature: The entry's pattern that matched.
        stdout, traceback: What it printed; lines, normalised and cut.
    """

    inputs: Digest
    outcome: Outcome
    asserts: int = 0
    caught: bool = False
    contained: tuple[str, ...] = ()
    differing: int = Field(default=0, ge=0)
    exception: str | None = None
    expected: bool = False
    measures: dict[str, float] = Field(default_factory=dict)
    message: tuple[str, ...] = ()
    packages: dict[str, str] = Field(default_factory=dict)
    reason: str | None = None
    runs: int = Field(default=1, ge=1)
    signature: str | None = None
    stdout: tuple[str, ...] = ()
    traceback: tuple[str, ...] = ()

    @classmethod
    def of_runs(cls, runs: Sequence[Cell]) -> Cell:
        """One cell from several runs: what most of them did, and how many did something else."""
        agreeing = [sum(run.agrees(other) for other in runs) for run in runs]
        most = max(agreeing)
        usual = runs[agreeing.index(most)]
        return usual.model_copy(update={"runs": len(runs), "differing": len(runs) - most})

    def knows_more(self, other: Cell) -> bool:
        """Whether it holds more than a cell that it agrees with: more runs, or a flake."""
        return (self.differing, self.runs) > (other.differing, other.runs)

    def agrees(self, other: Cell) -> bool:
        """Whether both say the same, however often they were run.

        Measured costs may differ by the factor `AGREE_WITHIN`.
        """
        taken: dict[str, Any] = {"runs": other.runs, "differing": other.differing}
        if self.measures:
            # The printed lines hold the measured figures, so they differ as the figures do.
            taken |= {"measures": other.measures, "stdout": other.stdout}
        if self.model_copy(update=taken) != other:
            return False
        return self.measures.keys() == other.measures.keys() and all(
            1 / AGREE_WITHIN <= value / other.measures[name] <= AGREE_WITHIN
            for name, value in self.measures.items()
        )


class Gpu(Frozen):
    """The device of a GPU environment."""

    name: str
    capability: str
    driver: str
    cuda_runtime: str
    count: int


class Environment(Frozen):
    """What was installed together and where it ran. Its name ends in the hash of these facts."""

    device: str
    python: str
    torch: str
    build: str
    numpy: str | None
    setuptools: str | None
    system: str
    capabilities: tuple[str, ...]
    gpu: Gpu | None

    @property
    def offers(self) -> frozenset[str]:
        """The capabilities that an entry or a claim may require: those found, and torch's build."""
        return frozenset(self.capabilities) | {of_build(self.build)} - {""}

    @property
    def column(self) -> str:
        """The column of the matrix that it belongs to, as named in environments.yaml."""
        return f"{self.device}-torch-{self.torch}"

    @property
    def name(self) -> str:
        """The name of its file, without `.json`."""
        minor = "".join(self.python.split(".")[:2])
        content = digest.of_json(self.model_dump(mode="json"))[: digest.ENVIRONMENT]
        return f"{self.device}-py{minor}-torch{self.torch}-{self.build}-{content}"


class Record(Frozen):
    """All cells of one entry in one environment.

    Args:
        literals: Whether the installed torch holds the text that each signature looks for.
    """

    entry: str
    environment: str
    protocol: int
    cells: dict[str, Cell]
    literals: dict[str, bool] = Field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """The digest of all that it says, whatever its file looks like."""
        return digest.of_bytes(self.model_dump_json().encode())

    def content(self) -> dict[str, Any]:
        """The record as it is sealed and written, without its seal."""
        content = self.model_dump(mode="json")
        for cell in content["cells"].values():
            if not cell["packages"]:
                del cell["packages"]  # few cells change packages, and those before it had no key
        return content


class Store(Frozen):
    """All evidence of the repository."""

    environments: dict[str, Environment]
    records: dict[tuple[str, str], Record]

    @cached_property
    def by_entry(self) -> Mapping[str, tuple[Record, ...]]:
        """The records of each entry that has any, in the order of all records."""
        found: dict[str, list[Record]] = {}
        for (entry, _), record in self.records.items():
            found.setdefault(entry, []).append(record)
        return {entry: tuple(records) for entry, records in found.items()}

    def record(self, entry: str, environment: str) -> Record | None:
        """The record of an entry in an environment, if there is one."""
        return self.records.get((entry, environment))
