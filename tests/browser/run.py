"""What a student and a teacher see, in a real browser.

Needs Playwright (requirements.txt beside this file), a Chromium, and `cargo run -- setup`; `.ci/run` shows how it is called.
"""

import argparse
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

import live
import pages
import playground
import student
from checks import Checks
from lab import browser_arguments, exercises_kept, lab


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="*", help="of live, pages, playground and student; all of them, if nothing is said")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--port", type=int, default=8931)
    parser.add_argument("--screenshots", type=Path, help="a folder for pictures of all that is tested, light and dark")
    return parser.parse_args()


def in_jupyterlab(browser, check, options):
    with exercises_kept(), lab(check, options.port) as url:
        try:
            student.test(browser, url, check, options.screenshots)
        except Exception as error:
            # What it had found by then may say why; and the server is there to be ended well.
            check.that(False, f"the student got no further: {error}")


def main():
    options = arguments()
    if options.screenshots:
        options.screenshots.mkdir(parents=True, exist_ok=True)
    tests = {
        "live": lambda browser, check: live.test(browser, check, options.screenshots),
        "pages": lambda browser, check: pages.test(browser, check, options.screenshots),
        "playground": lambda browser, check: playground.test(browser, check, options.screenshots),
        "student": lambda browser, check: in_jupyterlab(browser, check, options),
    }
    problems = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=browser_arguments())
        for name in options.what or tests:
            check, started = Checks(), time.monotonic()
            tests[name](browser, check)
            problems += check.problems
            print(f"{name}: {check.count - len(check.problems)} of {check.count} checks hold, {time.monotonic() - started:.0f} s", flush=True)
        browser.close()
    sys.exit("\n".join(problems) if problems else 0)


main()
