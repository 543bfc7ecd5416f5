"""provenfix: error pages for PyTorch and CUDA whose every fix was run.

This package imports neither torch nor mkdocs. `provenfix.runner` needs nothing but the standard
library, because it also runs in other interpreters and on machines without our dependencies.
"""

__version__ = "0.1.0"
