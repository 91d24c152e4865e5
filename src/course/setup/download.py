"""Takes one file out of an archive on the network: URL of a .tar.gz or .zip, its name there, where to put it."""

import os
import shutil
import sys
import tarfile
import tempfile
import urllib.request
import zipfile


def from_tar(answer, member, path):
    found = False
    with tarfile.open(fileobj=answer, mode="r|gz") as archive:
        # To its end, where a broken one shows.
        for entry in archive:
            if entry.name == member and entry.isfile():
                write(archive.extractfile(entry), path)
                found = True
    return found


def from_zip(answer, member, path):
    # A zip has its list of files at its end.
    with tempfile.TemporaryFile() as whole:
        shutil.copyfileobj(answer, whole)
        with zipfile.ZipFile(whole) as archive:
            if member not in archive.namelist():
                return False
            with archive.open(member) as file:
                write(file, path)
    return True


def write(source, path):
    with open(path, "wb") as file:
        shutil.copyfileobj(source, file)
    os.chmod(path, 0o755)


url, member, path = sys.argv[1:]
take = from_zip if url.endswith(".zip") else from_tar
with urllib.request.urlopen(url, timeout=15) as answer:
    if not take(answer, member, path):
        sys.exit(f"{member} is not in {url}")
