"""One thread for linear algebra: our matrices are small, and threads that wait for each other cost ten times the work."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, ParamSpec, TypeVar

import numpy as np
from threadpoolctl import ThreadpoolController

P = ParamSpec("P")
R = TypeVar("R")


@cache
def _pools() -> Any:
    # Made after numpy is loaded, whose library it finds.
    assert np.__version__
    return ThreadpoolController()


def on_one_thread(function: Callable[P, R]) -> Callable[P, R]:
    """Hold the linear algebra of a function to one thread; what the host program chose is back afterwards."""

    @wraps(function)
    def held(*args: P.args, **kwargs: P.kwargs) -> R:
        with _pools().limit(limits=1, user_api="blas"):
            return function(*args, **kwargs)

    return held
