"""The SaaS baseline: an honest prior, fitted to a documented simulation and to no real customer."""

import numpy as np

from libs.tables.columns import Industry
from services.scoring import intervals, specifications
from services.scoring.baselines.building import Baseline
from services.scoring.baselines.simulation import CUSTOMERS_PER_FILE, Simulated, simulated
from services.scoring.features import matrix
from services.scoring.profile import profiles
from services.scoring.train import SEED, Examples, Fitted, Recipe, margins

FAMILY = "baseline-saas"

N_FILES = 1500

N_FILES_JUDGED = 500
"""Companies in each of the further simulations that the interval's widths come from."""

RECIPE = Recipe(
    rounds=200,
    depth=3,
    rate=0.06,
    child_weight=5.0,
    shrinkage=2.0,
    row_share=0.5,
    column_share=0.5,
    bins=64,
    repeats=1,
)

ABOUT = """\
**This is a prior, not a measurement.** It is fitted to customers of simulated companies (`baselines/simulation.py`,
seeded, with the sources of its directions) and was never fitted to a real label. No labelled SaaS data may be shipped
from, so this is what the literature says, written as a model: early months are dangerous, use and satisfaction keep
customers, failed payments and deep discounts lose them, who pays by the year leaves less. Which of these matter most
differs between companies, so no signal outweighs the others.

**How to read it.** Take the probabilities as a *ranking* until you give your own churn rate (`churn_rate`): the
simulation loses about 4 % of customers in 30 days, your company may lose ten times as much or a tenth of it. Given the
rate, the probabilities are shifted so that their mean over the file (its first 25,000 customers) is that rate; of as
few as twenty customers, half-way to it. With past churners of your own, train your own model.

**The interval is wide**, as it must be: it holds the differences between the simulated companies in level, in scale,
in which signals matter and in what no export shows.

**What it needs.** `tenure_months` and `mrr`; everything else is optional, and whole columns were left out at random
while fitting. Directions that are known are enforced: more use, seats in use, satisfaction or tenure never raise the
risk, failed payments, support tickets, silence and discounts never lower it.

**What it does not read.** Plan names, industries, countries, payment methods: their words differ between companies, so
a prior cannot know them.

**Where it was tested.** On labelled files it was not fitted to: `python -m bench.prior` prints AUC with its interval
and calibration for each, and docs/models.md has the table. These files were looked at while the prior was made, so
expect a little less of yours. On simulated companies its interval is checked against the truth, which no real file
shows.

**Horizon.** 30 days, because subscription churn is counted by the month.
"""

HEADING = f"Figures on simulated customers ({N_FILES} files of {CUSTOMERS_PER_FILE}): they say nothing of real ones"


def examples(sample: Simulated) -> Examples:
    """Simulated customers; the trees are fitted to their true probabilities, figures are of drawn labels."""
    return Examples(matrix(sample.table, specifications.SAAS), sample.churned.astype(float), targets=sample.chance)


def spread(model: Fitted) -> intervals.Spread:
    """Widths learnt from the model's errors on companies of further simulations."""
    worlds = [judged(model, simulated(N_FILES_JUDGED, SEED + place)) for place in (1, 2, 3)]
    tested = f"{N_FILES_JUDGED} simulated companies that neither the model nor the width was fitted to"
    return intervals.from_truth(worlds, specifications.SAAS, SEED, tested)


def judged(model: Fitted, sample: Simulated) -> intervals.Judged:
    """How far the model is from the true log-odds of simulated customers."""
    encoded = matrix(sample.table, specifications.SAAS)
    truth = np.log(sample.chance) - np.log1p(-sample.chance)
    return intervals.Judged(encoded, np.abs(model.calibration.log_odds(margins(model.booster, encoded)) - truth))


def baseline() -> Baseline:
    sample = simulated(N_FILES, SEED)
    return Baseline(
        family=FAMILY,
        title="SaaS baseline (a prior from simulation)",
        industry=Industry.SAAS,
        features=specifications.SAAS,
        recipe=RECIPE,
        examples=examples(sample),
        profile=profiles(sample.table, specifications.SAAS),
        spread=spread,
        about=ABOUT,
        heading=HEADING,
        learnt_from=f"{N_FILES * CUSTOMERS_PER_FILE:,} customers of {N_FILES:,} simulated companies",
        simulated=True,
    )
