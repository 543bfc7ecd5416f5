"""Runs one script, contained, and says what it did. Standard library only.

It runs inside other interpreters and on machines without our dependencies; it knows scripts,
limits and errors, and neither entries nor verdicts.

    client.py       Worker: starts an interpreter and talks to it
    worker.py       the other end: imports torch once, answers requests
    cell.py         supervises one script from outside        stages.py   what happens inside
    sandbox/        namespaces, private root, limits          harness.py  executes the file
    outcome.py, normalise.py, tracebacks.py                   pure: what it did, in stable words
"""
