"""A model version's files, and the manifest that binds them to one family and version."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from services.scoring.domain import NotAModel, Untrusted

MODEL = "model.ubj"
MODEL_JSON = "model.json"
METADATA = "metadata.json"
CARD = "card.md"
SUMS = "SHA256SUMS"
MANIFEST = "manifest.json"
SIGNATURE = "SIGNATURE"
SPREAD = "spread.ubj"
REPORT = "report.json"

MODELS = (MODEL, MODEL_JSON)
"""The model file: trees as UBJSON, or a linear model or blend as JSON. A manifest names one of them."""

REQUIRED = (METADATA, CARD, SUMS)
"""What every manifest names besides."""

OPTIONAL = (SPREAD, REPORT)
"""What a manifest may name besides: the trees behind the interval, the report of a training."""


class ForeignName(Untrusted):
    """The files are signed as another family or version than the one they lie under."""


class ChangedFile(Untrusted):
    """A file is not the one that was signed."""


@dataclass(frozen=True)
class Manifest:
    """files: SHA-256 by file name, hex."""

    family: str
    version: str
    files: Mapping[str, str]

    @property
    def model(self) -> str:
        """Name of the model file."""
        return next(name for name in MODELS if name in self.files)

    def to_bytes(self) -> bytes:
        """Canonical JSON; its SHA-256 is the version's digest."""
        fields = {"family": self.family, "files": dict(self.files), "version": self.version}
        return (json.dumps(fields, indent=1, sort_keys=True) + "\n").encode()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def bundle(
    family: str,
    version: str,
    model: bytes,
    metadata: bytes,
    card: bytes,
    more: Mapping[str, bytes] | None = None,
    model_name: str = MODEL,
) -> dict[str, bytes]:
    """Every file of the version but its SIGNATURE. more: files by name, of OPTIONAL. model_name: one of MODELS."""
    files = {model_name: model, METADATA: metadata, CARD: card, **(more or {})}
    # For people: `sha256sum -c SHA256SUMS`.
    files[SUMS] = "".join(f"{sha256(data)}  {name}\n" for name, data in sorted(files.items())).encode()
    manifest = Manifest(family, version, {name: sha256(data) for name, data in files.items()})
    return {**files, MANIFEST: manifest.to_bytes()}


def manifest_of(data: bytes, family: str, version: str) -> Manifest:
    """The manifest, if it is of this family and version and names model files alone.

    Raises NotAModel, ForeignName.
    """
    try:
        fields = json.loads(data)
        manifest = Manifest(fields["family"], fields["version"], dict(fields["files"]))
    except (ValueError, KeyError, TypeError) as error:
        raise NotAModel("manifest.json is not the manifest of a model version") from error
    if (manifest.family, manifest.version) != (family, version):
        raise ForeignName(f"what lies under {family}/{version} is signed as {manifest.family}/{manifest.version}")
    named = set(manifest.files)
    odd = (set(REQUIRED) - named) | (named - {*MODELS, *REQUIRED, *OPTIONAL})
    if len(named & set(MODELS)) != 1:
        odd |= set(MODELS)
    if odd:
        wanted = f"{' or '.join(MODELS)}, {', '.join(REQUIRED)} and may have {', '.join(OPTIONAL)}"
        raise NotAModel(f"a model version consists of {wanted}; this one differs in {', '.join(sorted(odd))}")
    return manifest


def check_file(manifest: Manifest, name: str, data: bytes) -> bytes:
    """`data`, if it is what was signed. Raises ChangedFile."""
    if sha256(data) != manifest.files[name]:
        raise ChangedFile(f"{name} of {manifest.family}/{manifest.version} is not the file that was signed")
    return data
