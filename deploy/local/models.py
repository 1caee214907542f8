"""Puts the signed baseline models into a data folder that has none."""

import shutil
import tempfile
from pathlib import Path

from deploy.local.logs import Logs
from deploy.local.supervisor import ROOT, Command, Supervisor

BUILT = ROOT / "models"
"""Where `make models` leaves them."""


def provide_models(models: Path, supervisor: Supervisor, logs: Logs) -> None:
    """Copies the models that `make models` built, or builds them; does nothing where there are some.

    models: the folder wanted; it appears whole or not at all.
    """
    if models.exists():
        return
    with tempfile.TemporaryDirectory(dir=models.parent, prefix="models.") as scratch:
        made = Path(scratch) / "models"
        if (BUILT / ".built").exists():
            shutil.copytree(BUILT, made, ignore=shutil.ignore_patterns(".built"))
        else:
            logs.say("no models yet: building the baselines, which takes a minute or so, once")
            supervisor.run(Command("models", "services.scoring.baselines", {}, ("--out", str(made))))
        made.rename(models)
