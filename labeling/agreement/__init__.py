"""How far people agree: chance-corrected measures, distances in grades, each with its range or the reason why it has none.

No single number tells it: on a scale whose high end is rare, measures of the same answers lie between 0.2 and 0.9. The
agreement of high against low (`binary_alpha`) and the mean distance in grades are the ones to decide by.
"""

from labeling.agreement.ac1 import AC1, gwet_ac1
from labeling.agreement.alpha import Alpha, krippendorff_alpha
from labeling.agreement.bootstrap import bootstrap
from labeling.agreement.distance import Bias, PairMean, SelfAgreement, bias, mean_absolute_difference, self_agreement
from labeling.agreement.figure import Figure
from labeling.agreement.kappa import Kappa, cohen_kappa, quadratic_kappa
from labeling.agreement.summary import GRADE, QUALITY, Pair, Scale, Summary, pair_matrix, summary

__all__ = [
    "AC1",
    "GRADE",
    "QUALITY",
    "Alpha",
    "Bias",
    "Figure",
    "Kappa",
    "Pair",
    "PairMean",
    "Scale",
    "SelfAgreement",
    "Summary",
    "bias",
    "bootstrap",
    "cohen_kappa",
    "gwet_ac1",
    "krippendorff_alpha",
    "mean_absolute_difference",
    "pair_matrix",
    "quadratic_kappa",
    "self_agreement",
    "summary",
]
