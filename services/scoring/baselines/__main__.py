"""Builds, signs and publishes both baselines: `python -m services.scoring.baselines --out models`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from libs.objects.local import LocalStore
from services.scoring import signing
from services.scoring.baselines import saas, telecom
from services.scoring.baselines.building import build
from services.scoring.registry import Registry, StoreRing
from services.scoring.versions import KEYS

BASELINES = {telecom.FAMILY: telecom.baseline, saas.FAMILY: saas.baseline}


def publish(out: Path, families: Sequence[str] = tuple(BASELINES)) -> dict[str, str]:
    """Builds the families into the registry at `out` and makes them current; their digests by family.

    The release key is made at `out/keys/release.key` the first time; its public half lies beside it.
    """
    key = signing.private_key(out / KEYS / "release.key")
    store = LocalStore(out)
    public = key.public_key()
    store.put(f"{KEYS}/{signing.key_id(public)}.pub", signing.public_pem(public))
    registry = Registry(store, StoreRing(store))
    digests = {}
    for family in families:
        built = build(BASELINES[family]())
        digests[family] = registry.publish(family, built.metadata.version, built.files, key)
        registry.promote(family, built.metadata.version)
        figures = built.metadata.metrics
        print(f"{family} {built.metadata.version}: AUC {figures['auc']:.3f}, Brier {figures['brier']:.3f}")
    return digests


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m services.scoring.baselines", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("models"), help="folder of the registry (default: models)")
    parser.add_argument("--family", choices=sorted(BASELINES), action="append", help="build this one; repeatable")
    options = parser.parse_args(arguments)
    publish(options.out, options.family or tuple(BASELINES))
    return 0


if __name__ == "__main__":
    sys.exit(main())
