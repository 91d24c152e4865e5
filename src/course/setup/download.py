"""Takes one file out of an archive on the network: the URL of a .tar.gz or .zip, the file's name in it, where to put
it, and the archive's SHA-256 where that is known."""

import hashlib
import os
import shutil
import sys
import tarfile
import tempfile
import urllib.request
import zipfile


def sha256(file):
    digest = hashlib.sha256()
    for part in iter(lambda: file.read(1 << 20), b""):
        digest.update(part)
    return digest.hexdigest()


def from_tar(file, member):
    with tarfile.open(fileobj=file, mode="r:gz") as archive:
        # To its end, where a broken one shows.
        [entry] = [entry for entry in archive if entry.name == member and entry.isfile()]
        return archive.extractfile(entry).read()


def from_zip(file, member):
    with zipfile.ZipFile(file) as archive:
        return archive.read(member)


url, member, path, known = sys.argv[1:]
with tempfile.TemporaryFile() as archive:
    with urllib.request.urlopen(url, timeout=15) as answer:
        shutil.copyfileobj(answer, archive)
    archive.seek(0)
    found = sha256(archive)
    print(f"{found}  {url}")
    if known and found != known.lower():
        sys.exit(f"SHA-256 of {url}: {found}, and {known} was expected")
    archive.seek(0)
    program = from_zip(archive, member) if url.endswith(".zip") else from_tar(archive, member)
with open(path, "wb") as file:
    file.write(program)
os.chmod(path, 0o755)
