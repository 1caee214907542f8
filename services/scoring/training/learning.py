"""Everything that is learnt from labels, in one function, so that each held-out fold repeats all of it."""

from dataclasses import dataclass

from services.scoring.features import Floats
from services.scoring.linear import Linear
from services.scoring.training.examples import Examples
from services.scoring.training.search import Recipe, fitted_to, linear_found, simpler, trees_found
from services.scoring.training.shrink import Stack, stacked
from services.scoring.training.split import inner
from services.scoring.trees import Trees


@dataclass(frozen=True)
class Learnt:
    """own: the tenant's own model; of no use where stack.own is 0."""

    own: Trees | Linear
    recipe: Recipe
    stack: Stack

    def log_odds(self, examples: Examples) -> Floats:
        """(n,) calibrated."""
        return self.stack.log_odds(self.own.margins(examples.encoded), examples.baseline)


def learnt(examples: Examples, names: tuple[str, ...]) -> Learnt:
    """The model of these examples: recipe, weights and calibration are chosen on folds within them.

    names: of the matrix's columns.
    """
    folds = inner(examples)
    found = simpler(linear_found(examples, folds), trees_found(examples, folds), examples.labels)
    stack = stacked(found.margins, examples.baseline, examples.labels)
    return Learnt(fitted_to(examples, found.recipe, names), found.recipe, stack)
