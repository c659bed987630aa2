"""Makes the deployment package of a function: a zip with the one file `bootstrap`."""

import hashlib
import io
import shutil
import subprocess
import zipfile
from pathlib import Path


def build(binary: Path, cache: Path) -> tuple[str, bytes]:
    """The package's key, which changes with its content, and its bytes.

    The symbols of a debug build are nine tenths of it and are left out. The stripped copy is kept, because stripping
    takes longer than everything else here.
    """
    if not binary.is_file():
        raise SystemExit(f"{binary} is missing. Build the functions first: cargo build --workspace")
    code = stripped(binary, cache).read_bytes()
    package = io.BytesIO()
    # Stored, not deflated: the way is short and the time is felt.
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
        entry = zipfile.ZipInfo("bootstrap")
        entry.external_attr = 0o755 << 16
        archive.writestr(entry, code)
    return f"functions/{binary.name}-{hashlib.sha256(code).hexdigest()[:16]}.zip", package.getvalue()


def stripped(binary: Path, cache: Path) -> Path:
    """A copy without symbols, or the binary itself where there is no `strip` or it does not know the format."""
    if not shutil.which("strip"):
        return binary
    cache.mkdir(parents=True, exist_ok=True)
    state = binary.stat()
    copy = cache / f"{binary.name}-{state.st_size}-{state.st_mtime_ns}"
    if copy.exists():
        return copy
    for old in cache.glob(f"{binary.name}-[0-9]*-[0-9]*"):
        old.unlink()
    unfinished = copy.with_suffix(".unfinished")
    if subprocess.run(["strip", "-o", unfinished, binary], capture_output=True, check=False).returncode != 0:
        unfinished.unlink(missing_ok=True)
        return binary
    unfinished.rename(copy)
    return copy
