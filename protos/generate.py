"""Writes libs/contracts from the protos: messages, gRPC stubs and their types.

Run it as `make protos`. protoc emits imports from `retainwise.x.v1`; the stubs live in
`libs.contracts.x.v1`, so the tree is moved and that prefix rewritten.
"""

import re
import shutil
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

from grpc_tools import protoc

PROTOS = Path(__file__).parent
CONTRACTS = PROTOS.parent / "libs" / "contracts"
FACE = '"""Stubs generated from protos/ by protos/generate.py; never edited by hand."""\n'


def generate(target: Path) -> None:
    """Writes the whole contracts package to `target`, which is emptied first."""
    with tempfile.TemporaryDirectory() as scratch:
        sources = sorted(str(path.relative_to(PROTOS)) for path in (PROTOS / "retainwise").rglob("*.proto"))
        outputs = [f"--{kind}_out={scratch}" for kind in ("python", "grpc_python", "mypy", "mypy_grpc")]
        well_known = str(files("grpc_tools") / "_proto")
        if protoc.main(["protoc", f"-I{PROTOS}", f"-I{well_known}", *outputs, *sources]) != 0:
            sys.exit("protoc refused the protos; its message is above")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(Path(scratch) / "retainwise", target)
    for folder in [target, *(path for path in target.rglob("*") if path.is_dir())]:
        (folder / "__init__.py").write_text(FACE)
    for path in [*target.rglob("*_pb2*.py"), *target.rglob("*_pb2*.pyi")]:
        _rewrite(path)


def _rewrite(path: Path) -> None:
    if path.name.endswith("_pb2_grpc.py") and "Servicer" not in path.read_text():
        path.unlink()  # a file of messages alone gets an empty gRPC stub
        return
    if path.name.endswith("_pb2_grpc.pyi") and "Servicer" not in path.read_text():
        path.unlink()
        return
    text = re.sub(r"\b(from|import) retainwise\b", r"\1 libs.contracts", path.read_text())
    path.write_text(re.sub(r"(?<![\w./])retainwise(\.\w+\.v1\.\w+_pb2)", r"libs.contracts\1", text))


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else CONTRACTS)
