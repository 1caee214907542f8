"""The committed stubs are those that the protos give today."""

import filecmp
import subprocess
import sys
from pathlib import Path

from google.protobuf.descriptor_pb2 import FileDescriptorSet

ROOT = Path(__file__).parents[2]
CONTRACTS = ROOT / "libs" / "contracts"


def files(folder: Path) -> list[str]:
    """Relative paths of the folder's Python files."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.py*") if path.suffix in {".py", ".pyi"})


def test_the_stubs_are_current(tmp_path: Path) -> None:
    """Generating again changes nothing; after a change to the protos, run `make protos`."""
    target = tmp_path / "contracts"
    environment = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}  # protoc looks there for its plugins
    subprocess.run([sys.executable, ROOT / "protos" / "generate.py", target], check=True, env=environment)
    names = files(target)
    assert files(CONTRACTS) == names
    assert ([], []) == filecmp.cmpfiles(CONTRACTS, target, names, shallow=False)[1:]


def test_the_baseline_names_every_service() -> None:
    """protos/baseline.binpb, which `buf breaking` compares with, holds the five contracts of the last release."""
    baseline = FileDescriptorSet.FromString((ROOT / "protos" / "baseline.binpb").read_bytes())
    services = {f"{file.package}.{service.name}" for file in baseline.file for service in file.service}
    assert {
        "retainwise.ingest.v1.IngestService",
        "retainwise.mapping.v1.MappingService",
        "retainwise.validation.v1.ValidationService",
        "retainwise.scoring.v1.ScoringService",
    } <= services
