"""Tells what differs between samples: python diagnose.py train.py [arguments]"""

import re
import runpy
import sys

MESSAGE = r"equal size, but got \[(.*?)\] at entry (\d+) and \[(.*?)\] at entry (\d+)"

sys.argv = sys.argv[1:]
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
except RuntimeError as error:
    if not (found := re.search(MESSAGE, str(error))):
        raise
    # With workers the traceback is lost, so all that counts is taken from the message.
    one, other = ([int(n) for n in found[i].split(", ") if n] for i in (1, 3))
    print(f"samples {found[2]} and {found[4]} of the batch: {one} and {other}")
    cause, images = "cause: unknown", len(one) == len(other) == 3
    if images and one[1:] == other[1:] and {one[0], other[0]} <= {1, 3, 4}:
        cause = "cause: channels\nfix: fix_three_channels"
    elif images and one[0] == other[0] and min(one[1:]) == min(other[1:]):
        cause = "cause: shorter_side\nfix: fix_centre_crop"
    elif images and one[0] == other[0]:
        cause = "cause: image_sizes\nfix: fix_resize"
    elif len(one) == len(other) <= 2 and one[1:] == other[1:]:
        cause = "cause: lengths\nfix: fix_pad_sequence"
    print(cause)
