"""Puts the signed baseline models into a data folder, and newer ones into a folder that has older."""

import shutil
import tempfile
from pathlib import Path

from deploy.local.logs import Logs
from deploy.local.supervisor import ROOT, Command, Supervisor

BUILT = ROOT / "models"
"""Where `make models` leaves them."""

STAMP = ".built"
"""Made in that folder once the models in it are whole."""


def provide_models(models: Path, supervisor: Supervisor, logs: Logs) -> None:
    """Copies the models that `make models` built; where it did not and there are none, builds them.

    models: the folder wanted. The key that signed them stays out of it: a service that is broken into must
        not be able to sign models.
    """
    if (BUILT / STAMP).exists():
        add_models(BUILT, models)
    elif not models.exists():
        logs.say("no models yet: building the baselines, which takes a minute or so, once")
        with tempfile.TemporaryDirectory(dir=models.parent, prefix="models.") as scratch:
            built = Path(scratch) / "models"
            supervisor.run(Command("models", "services.scoring.baselines", {}, ("--out", str(built))))
            add_models(built, models)


def add_models(built: Path, models: Path) -> None:
    """Adds the versions and public keys that `models` has not; a family with a new version takes the built CURRENT.

    A family without one keeps its CURRENT: someone may have gone back to an older version on purpose. A version
    appears whole or not at all, and before the CURRENT that names it.
    """
    for key in sorted((built / "keys").glob("*.pub")):
        if not (models / "keys" / key.name).exists():
            _copy(key, models / "keys" / key.name)
    for current in sorted(built.glob("*/CURRENT")):
        family = models / current.parent.name
        new = [version for version in _versions(current.parent) if not (family / version).exists()]
        for version in new:
            _copy(current.parent / version, family / version)
        if new or not (family / "CURRENT").exists():
            _copy(current, family / "CURRENT")


def _versions(family: Path) -> list[str]:
    return sorted(path.name for path in family.iterdir() if path.is_dir())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".copy-") as scratch:
        copy = Path(scratch) / target.name
        if source.is_dir():
            shutil.copytree(source, copy)
        else:
            shutil.copyfile(source, copy)
        copy.replace(target)
