"""Tells how a rank ended: python diagnose.py [options of torchrun] train.py"""

import signal
import sys

from torch.distributed.elastic.multiprocessing.errors import ChildFailedError
from torch.distributed.run import main as torchrun

try:
    torchrun(["--standalone", *sys.argv[1:]])
except ChildFailedError as error:
    rank, failure = error.get_first_failure()
    code = failure.exitcode
    if code == 2:
        print(f"rank {rank} did not understand its command line: see 'usage' above")
        print("cause: arguments\nfix: fix_rank_from_environment")
    elif code > 0:
        print(f"rank {rank} raised an error: see its traceback above")
        print("cause: exception\nfix: fix_real_error")
    elif code == -signal.SIGKILL:
        print(f"rank {rank} was killed from outside: too much memory, or kill -9")
        print("cause: unknown")
    else:
        print(f"rank {rank} was ended by {signal.Signals(-code).name}")
        print("cause: unknown")
