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

CODE = (
    r"(?:async )?def \w+\(|class \w+[(:]|@\w|import \w|from [\w.]+ import|print\(|return\b",
    r"(?:if|elif|for|while|with|except)\b.*:$|(?:else|try|finally):",
    r"raise [A-Z]\w*[.(]|assert |log(?:ger|ging)?\.\w+\(|warnings\.warn\(",
    # A list of texts begins: RETRYABLE = (
    r"[A-Za-z_]\w{0,60} = [\[({]$",
)
"""Starts of lines of a program, wherever they stand."""

QUOTED = (
    r"^(?:[a-z]?'[^']*'[,);\]]|\w+ = [\[({] ?'|.{0,200}(?:\b(?:in|or|and|if|not|return) '"
    r"|\b(?:[A-Z_]{4,}|[a-z]\w*)\((?:[^')]|\(\)){0,80}'))"
)
"""In a text without an exception: a program that speaks of a message."""

CALM = r"\b(?:PASSED|SKIPPED|XFAIL)\b"
"""In a line that reports no error."""

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
    ("spawn", r"ProcessRaisedException|-- Process \d+ terminated with the following"),
    ("ray_task", r"RayTaskError|RayActorError|ActorDiedError|The actor died unexpectedly"),
    (
        "vllm_engine",
        r"Engine core initialization failed|Engine process failed to start|EngineDeadError"
        r"|AsyncEngineDeadError|Background loop has errored|EngineCore encountered",
    ),
    (
        "child_failed",
        r"ChildFailedError|Root Cause \(first observed failure\)"
        r"|traceback : To enable traceback see",
    ),
    # torch.ops.load_library from 2.9 on: what the loader said is the exception before it.
    ("library", r"Could not load this library: "),
    ("launcher", r"CalledProcessError: Command|returned non-zero exit status"),
)
"""Errors that only report another one, the innermost first."""

FOREIGN = (
    *("tensorflow", "TensorFlow", "tf.errors", "tf.Tensor", "tf.function", "tf.keras"),
    *("StreamExecutor", "stream_executor", "CUDA_ERROR_"),
    *("ggml", "llama.cpp", "llama_cpp", "llama-cpp", "llama_model", "llama_init", "llama_context"),
    *("llama_new", "llama_decode", "whisper.cpp", "ollama"),
    *("pycuda", "PyCUDA", "cuda-python", "cupy", "CuPy", "numba.", "numba/", "cudf.", "rmm::"),
    *("paddle", "Paddle", "mxnet", "MXNet", "mindspore", "MindSpore", "oneflow", "tinygrad"),
    *("jax.", "jax/", "jaxlib", "JAX ", "XlaRuntime", "xla_", "/xla/", "RESOURCE_EXHAUSTED"),
    *("flax.", "flax/", "onnxruntime", "OnnxRuntime", "CTranslate2", "ctranslate2"),
    *("tensorrt", "TensorRT", "[TRT]", "CUDA.jl", "OpenCV("),
    "A module that was compiled using NumPy 1",
)
"""Texts that are signs of another stack; plain texts, which are found quickly."""

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
        "code": list(CODE),
        "quoted": QUOTED,
        "calm": CALM,
        "heads": list(HEADS),
        "wrappers": [list(wrapper) for wrapper in WRAPPERS],
        "foreign": list(FOREIGN),
        "ours": list(OURS),
        "generic": list(GENERIC),
    }
