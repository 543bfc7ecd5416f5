"""Tells how a worker ended: python diagnose.py train.py [arguments]"""

import re
import runpy
import signal
import sys
from multiprocessing.process import BaseProcess

MESSAGE = r"DataLoader worker \(pid(?:\(s\))? ([\d, ]+)\) (?:is killed|exited)"
start, started = BaseProcess.start, {}


def remember(process):
    start(process)
    started[process.pid] = process


BaseProcess.start = remember
sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except RuntimeError as error:
    if not (found := re.search(MESSAGE, str(error))):
        raise
    worker = started[int(found[1].split(",")[0])]
    worker.join(5)
    code = worker.exitcode
    if code == -signal.SIGKILL:
        print("ended from outside: too much memory, unless somebody used kill -9")
        print("cause: memory\nfix: fix_tensor")
    elif code >= 0:
        print(f"ended by itself with status {code}: sys.exit or os._exit was called")
        print("cause: exit\nfix: fix_skip_sample")
    else:
        print(f"crashed with {signal.Signals(-code).name}: native code failed")
        print("cause: unknown")
