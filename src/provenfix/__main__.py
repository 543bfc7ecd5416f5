"""`python -m provenfix` is `provenfix`."""

from provenfix.cli import main

main()
