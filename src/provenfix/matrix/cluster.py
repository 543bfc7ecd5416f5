"""The engine of many machines: a Dask cluster whose workers say which torch they have.

A worker is started beside the torch that it offers, with one thread and one resource:

    dask worker tcp://HOST:8786 --nthreads 1 --no-nanny --resources "torch-2.11.0=1"

Only the process that asked for the cells files records. A cell whose worker dies is run again by
another one, and its answer is filed once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor
from contextlib import contextmanager
from functools import partial
from typing import Any

from distributed import Client, KilledWorker

from provenfix.matrix import remote
from provenfix.matrix.uv import EnvironmentFailedError
from provenfix.records import Environment
from provenfix.vocabulary import Column

_CONNECT_SECONDS = 10


class Cluster:
    """A connection to a scheduler.

    Args:
        address: The scheduler's address, such as `tcp://127.0.0.1:8786`.

    Raises:
        EnvironmentFailedError: There is no scheduler.
    """

    def __init__(self, address: str) -> None:
        try:
            self._client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise EnvironmentFailedError(
                "no_scheduler", address=address, reason=str(error)
            ) from error

    @contextmanager
    def engine(self, column: Column) -> Iterator[ClusterEngine]:
        """The engine of a column.

        Raises:
            EnvironmentFailedError: No worker declares what it needs, or not all have the same
                environment, or what runs there is lost for good.
        """
        resource = resource_of(column)
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        if not any(resource in worker["resources"] for worker in workers):
            raise EnvironmentFailedError("no_worker", resource=resource)
        try:
            yield ClusterEngine(self._client, resource)
        except remote.OtherEnvironmentError as error:
            raise EnvironmentFailedError(
                "other",
                fact=f"each worker of {resource}",
                expected=error.expected,
                got=error.got,
            ) from error
        except KilledWorker as error:
            raise EnvironmentFailedError("system", reason="the workers that ran it died") from error
        except CancelledError as error:
            raise EnvironmentFailedError("system", reason="the cluster was lost") from error


class ClusterEngine:
    """The workers of a cluster that have one environment (see `provenfix.matrix.session.Engine`).

    Args:
        client: The connection.
        resource: What its workers declare.
    """

    def __init__(self, client: Client, resource: str) -> None:
        self.executor: Executor = client.get_executor(resources={resource: 1}, pure=False)
        facts = self.executor.submit(remote.environment).result()
        self.environment = Environment.model_validate(facts)
        name = self.environment.name
        self.run: Callable[[dict[str, Any]], dict[str, Any]] = partial(remote.run, name)
        self.find: Callable[[Iterable[str]], dict[str, bool]] = partial(remote.find, name)


def resource_of(column: Column) -> str:
    """What a worker declares that has the environment of a column: `torch-2.11.0`, or `gpu-...`."""
    return f"{'gpu-' if column.device == 'gpu' else ''}torch-{column.torch}"
