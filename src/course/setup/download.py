"""Takes one file out of an archive on the network: URL, its name there, where to put it."""

import os
import shutil
import sys
import tarfile
import urllib.request

url, member, path = sys.argv[1:]
found = False
with urllib.request.urlopen(url, timeout=15) as answer, tarfile.open(fileobj=answer, mode="r|gz") as archive:
    # To its end, where a broken one shows.
    for entry in archive:
        if entry.name == member and entry.isfile():
            with open(path, "wb") as file:
                shutil.copyfileobj(archive.extractfile(entry), file)
            os.chmod(path, 0o755)
            found = True
if not found:
    sys.exit(f"{member} is not in {url}")
