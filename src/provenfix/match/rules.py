"""What is known about pastes and their surroundings, as data that Python and the browser share.

Every text here is a regular expression of the dialect in SPEC.md, read with ASCII classes; the
export carries them, so that the two matchers cannot drift apart. Text is cleaned before they see
it: any quotation mark has become a straight single one, any vertical bar a plain one.
"""

from __future__ import annotations

from typing import Any

_LEVEL = "(?:CRITICAL|ERROR|FATAL|WARNING|WARN|INFO|DEBUG|NOTICE)"

PREFIXES = (
    # Ranks, processes, mpirun: [rank5]:  [1,0]<stderr>:  (VllmWorkerProcess pid=1252)
    r"\[[Rr]ank ?-?\d+\]:?",
    r"\[(?:default)?\d+(?:,\d+)?\](?:<std(?:err|out)>)?:",
    r"\([^()]{0,60}pid=\d+[^()]{0,60}\)",
    # Times: ISO, slashes, vLLM's 01-11 13:09:40, a clock alone.
    r"\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?\]?",
    r"\[?\d\d-\d\d \d\d:\d\d:\d\d(?:[.,]\d{1,9})?\]?",
    r"\[?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\]?",
    # systemd: Jan 11 13:09:40 host python[123]:
    r"[A-Z][a-z][a-z] {1,2}\d{1,2} \d\d:\d\d:\d\d [\w.-]{1,64} [\w./@-]{1,64}(?:\[\d+\])?:",
    # Levels: ERROR  [ERROR]  ERROR:root:  - mmdet - ERROR -  | ERROR | __main__:<module>:12 -
    rf"- [\w.]{{1,60}} - {_LEVEL} -",
    rf"\| {_LEVEL} {{0,8}}\|(?: [\w.]{{1,60}}:[\w.<>]{{1,60}}:\d+ -)?",
    rf"{_LEVEL}:[\w.]{{1,60}}:",
    rf"\[?{_LEVEL}\]?(?=[: |-]|$):?",
    # glog and c10: E0111 13:09:40.12 77 file.cc:12]  [E ProcessGroupNCCL.cpp:737]
    r"[EWIF]\d{4} \d\d:\d\d:\d\d[.\d]{0,10} {1,8}\d+ [\w./-]{1,80}:\d+\]",
    r"\[[EWIF]\d{0,4} [^\]]{0,80}\]",
    r"\[?[\w./-]{1,80}\.(?:py|cpp|cc|cu|h|rs):\d+\]:?",
    # pytest, mail and Markdown quotes, bars and bullets, containers, build logs, srun.
    r"E(?= {2}|$)",
    r">+",
    r"\|+",
    r"[-*+](?= )",
    r"#{1,6}(?= )",
    r"std(?:err|out) [FP](?= )",
    r"[A-Za-z][\w.-]{0,40} {0,8}\|(?= )",
    r"#\d+ \d+\.\d+",
    r"\d{1,4}:(?= )",
)
"""What may stand before a line of output, one after the other."""

SOFT = r"WARN|INFO|DEBUG|NOTICE|^ {0,8}\[?[WI](?:\d{4})? "
"""Among the prefixes of a line: it is not an error."""

FRAMES = (
    r"File '[^']*', line \d+",
    r"File [^ ]+:\d+(?:, in|$)",
    r"(?:Cell|Input) In ?\[\d+\]",
    r"<ipython-input-",
    r".{0,200}\.ipynb Cell \d+",
    r"[~./\w:\\-][^:]{0,300}\.pyx?:\d+(?::| in |, in |$)",
    r"(?:[A-Za-z]:)?[~./\w\\-][^:]{0,300}\.py in \w",
    r"frame #\d+: ",
    r"#\d+ 0x[0-9a-f]+",
)
"""Starts of lines that name a place in a program."""

HEADS = (
    r"Traceback \(most recent call",
    r"Original Traceback",
    r"During handling of the above",
    r"The above exception was the direct cause",
    r"Process [\w-]+:$",
)
"""Lines that begin another traceback."""

WRAPPERS = (
    ("dataloader_worker", r"Caught [\w.]+ in DataLoader worker process \d+"),
    ("pin_memory", r"Caught [\w.]+ in pin memory thread"),
    ("replica", r"Caught [\w.]+ in replica \d+ on device \d+"),
    ("spawned_process", r"ProcessRaisedException|-- Process \d+ terminated with the following"),
    ("ray_task", r"RayTaskError|RayActorError|ActorDiedError|The actor died unexpectedly"),
    (
        "vllm_engine",
        r"Engine core initialization failed|Engine process failed to start|EngineDeadError"
        r"|AsyncEngineDeadError|Background loop has errored|EngineCore encountered",
    ),
    ("child_failed", r"ChildFailedError"),
    ("launcher", r"CalledProcessError: Command|returned non-zero exit status"),
)
"""Errors that only report another one, the innermost first."""

FOREIGN = (
    r"tensorflow|TensorFlow|\btf\.|[Ss]tream_?[Ee]xecutor|CUDA_ERROR_[A-Z]",
    r"ggml|llama[._-]cpp|llama_(?:model|init|context|new|decode)|whisper[._]cpp|\bollama\b",
    r"pycuda|PyCUDA|cuda-python|cupy|CuPy|\bnumba\b|\bcudf\b|\brmm\b",
    r"[Pp]addle|mxnet|MXNet|mindspore|MindSpore|oneflow|tinygrad",
    r"\bjax\b|jaxlib|\bXla|\bxla\b|RESOURCE_EXHAUSTED|\bflax\b",
    r"onnxruntime|OnnxRuntime|CTranslate2|ctranslate2|tensorrt|TensorRT|CUDA\.jl|OpenCV\(",
    r"A module that was compiled using NumPy 1",
)
"""Signs that an error is another stack's."""

OURS = (
    r"\btorch\.[a-zA-Z_]|[/\\]torch[/\\](?:[a-km-z_]|lib[/\\][^p])|import torch|from torch",
    r"\bc10\b|\bat::|\bATen\b|TORCH_|PYTORCH_|PyTorch",
)
"""Signs of PyTorch, which outweigh the foreign ones of the same error."""

GENERIC = ("RuntimeError", "AcceleratorError", "OutOfMemoryError", "Exception", "Error")
"""Exceptions under which any error may be reported again."""


def rules() -> dict[str, Any]:
    """The rules as a JSON value."""
    return {
        "prefixes": list(PREFIXES),
        "soft": SOFT,
        "frames": list(FRAMES),
        "heads": list(HEADS),
        "wrappers": [list(wrapper) for wrapper in WRAPPERS],
        "foreign": list(FOREIGN),
        "ours": list(OURS),
        "generic": list(GENERIC),
    }
