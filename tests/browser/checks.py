"""What has to hold: every complaint is kept, so that one run tells all of them."""

import time


class Checks:
    def __init__(self):
        self.problems = []
        self.count = 0

    def that(self, holds, what):
        self.count += 1
        if not holds:
            self.problems.append(what)


def wait_for(what, seconds, get):
    """What `get` returns, once that is something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := get():
            return found
        time.sleep(0.2)
    raise TimeoutError(f"after {seconds} s, no {what}")
