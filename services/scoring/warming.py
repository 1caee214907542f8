"""What is worth doing before the first call: loading the models that every tenant begins with."""

import logging
from collections.abc import Iterable

import numpy as np

from services.scoring.domain import ModelNotFound, Untrusted
from services.scoring.estimate import estimated
from services.scoring.features import encoded_names
from services.scoring.registry import Registry
from services.scoring.trees import FEW_ROWS

log = logging.getLogger(__name__)


def warm(registry: Registry, families: Iterable[str]) -> None:
    """Loads each family's current version and makes what its explanations need.

    A family that is not there, or not to be trusted, is logged: a call that asks for it will be told why.
    """
    for family in families:
        try:
            model = registry.load(family)
        except (ModelNotFound, Untrusted) as error:
            log.warning("a model could not be warmed", extra={"family": family, "error": type(error).__name__})
            continue
        unknown = np.full((FEW_ROWS, len(encoded_names(model.metadata.features))), np.nan, dtype=np.float32)
        estimated(model, model.walk(unknown), unknown, 0.0)
        log.info("a model is warm", extra={"family": family, "version": model.metadata.version})
