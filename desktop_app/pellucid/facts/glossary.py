"""What the terms mean that facts are told in, as facts themselves."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from pellucid.facts.making import make
from pellucid.facts.types import Fact, Origin

TERMS: Mapping[str, str] = {
    "log-odds": "Log-odds are the natural logarithm of the odds. Scores of a model with two "
    "classes add up on this scale: 0 is an even chance, 1 multiplies the odds by about 2.72.",
    "odds": "The odds of an outcome are its probability divided by that of its opposite: odds of 1 "
    "are an even chance, odds of 3 a probability of 75%.",
    "odds ratio": "An odds ratio is the odds of an outcome in one case divided by its odds in "
    "another: 2 means that the odds are twice as high, which is not twice the probability.",
    "auc": "AUC, the area under the ROC curve, is the chance that the model scores a random row of "
    "the positive class above a random row of another: 0.5 is guessing, 1 is perfect.",
    "accuracy": "Accuracy is the share of rows whose class is predicted rightly.",
    "log loss": "Log loss is the mean of minus the logarithm of the probability that the model "
    "gave to what turned out to be true: lower is better.",
    "brier score": "The Brier score is the mean squared distance between the predicted "
    "probabilities and what turned out to be true: 0 is perfect, lower is better.",
    "macro f1": "Macro F1 is the plain mean of each class's F1: of how well its rows are found "
    "and of how many of the rows given to it are its own. Rare classes count as much as common "
    "ones.",
    "micro f1": "Micro F1 is F1 over all labels of all rows together: of how many labels are "
    "found and of how many of those given are right. Common labels count more than rare ones.",
    "rmse": "RMSE, the root mean squared error, is the root of the mean of the squared differences "
    "between predicted and true values, in the target's own unit: lower is better.",
    "mean absolute error": "The mean absolute error is the mean size of the difference between "
    "predicted and true values, in the target's own unit: lower is better.",
    "r²": "R² is the share of the target's variance that the model's predictions account for: 1 is "
    "perfect, 0 is no better than always predicting the mean.",
    "95% interval": "A 95% interval is made by a method that holds the true value in 95 of 100 "
    "such samples. The method is named beside each interval.",
    "variation over bags": "Variation over bags is the standard deviation of a score over models "
    "that were fitted to different parts of the data. It is not a 95% interval.",
    "importance": "A term's importance is the mean absolute score that it adds over the training "
    "rows. It is positive even for noise, so whether a term matters is tested on held-out rows.",
    "term": "A term is one part of the model: a curve over a number, a score for each level of a "
    "category, a table over two columns, or scores of words. Terms add up to the prediction.",
    "intercept": "The intercept is where every prediction starts, before any term is added: the "
    "score of an average row.",
    "score": "A score is what one term adds to a prediction, on the model's own scale.",
    "baseline": "A baseline is another, simpler or stronger, model that was fitted to the same "
    "rows and tested on the same rows, so that a figure has something to be read against.",
    "p-value": "A p-value is the chance of a difference at least as large as the one seen if there "
    "were none. Under 5%, after correction for all that was tried, is taken as evidence.",
    "median": "The median is the middle value: half of the values lie on each side of it.",
    "quartile": "Quartiles cut the sorted values into four equal parts: half of all values lie "
    "between the first and the third.",
    "standard deviation": "The standard deviation is the root of the mean squared distance of "
    "values from their mean; it is in the values' own unit.",
    "correlation": "Spearman's rank correlation says how far two numbers rise together, from −1 "
    "through 0 (not at all) to 1, whatever the shape of their relation.",
    "cramér's v": "Cramér's V says how strongly two categories go together, from 0 to 1.",
    "correlation ratio": "The correlation ratio says how much of a number's spread lies between "
    "the groups of a category, from 0 (all groups have the same mean) to 1 (the groups fix the "
    "number).",
    "interaction": "Two columns interact where their joint effect is not the sum of what each does "
    "on its own; the model shows it as a term over both.",
    "residual": "A residual is a true value minus the predicted one.",
    "cliff's delta": "Cliff's delta draws one row of each group: it is the chance that the first "
    "is higher, less the chance that it is lower, from −1 to 1.",
    "standardised difference": "A standardised difference is the difference of two groups' means "
    "in standard deviations: divided by the root of the groups' mean variance.",
    "calibration": "A model is calibrated where what it says comes out so often: of the rows to "
    "which it gives a probability of 70%, about 70% turn out to be so.",
    "counterfactual": "A counterfactual is a row with as little changed as makes the model predict "
    "otherwise: it says what the model would say, not what would happen.",
    "slice": "A slice is a part of the test rows, named by values of columns, in which the model "
    "errs more than in the others.",
    "test rows": "Test rows are rows that were held out: the model did not see them when it was "
    "fitted, so its scores on them say how it does on new rows.",
    "n-gram": "An n-gram is a run of n words in a row: of one word, of two, of three.",
    "keyword tree": "A keyword tree is a model of texts: at each step it asks whether a text has "
    "certain words, and where it ends stands the prediction.",
    "cluster": "A cluster is a group of texts that are more like each other than like the rest.",
    "false positive": "A false positive is a row that is predicted to be of the positive class and "
    "is not.",
    "false negative": "A false negative is a row of the positive class that is predicted to be of "
    "another.",
}  # fmt: skip
"""The terms that answers use, and what they mean."""
OTHER_NAMES: Mapping[str, str] = {
    "log odds": "log-odds", "logodds": "log-odds", "area under the curve": "auc",
    "r2": "r²", "r squared": "r²", "mae": "mean absolute error",
    "root mean squared error": "rmse", "confidence interval": "95% interval",
    "interval": "95% interval", "p value": "p-value", "cramers v": "cramér's v",
    "cramer's v": "cramér's v", "spearman": "correlation", "bags": "variation over bags",
    "quartiles": "quartile", "pair": "interaction", "roc": "auc", "std": "standard deviation",
    "cliffs delta": "cliff's delta", "cliff delta": "cliff's delta", "cramer v": "cramér's v",
    "cramér v": "cramér's v", "rank correlation": "correlation",
    "spearman's rank correlation": "correlation", "spearman rank correlation": "correlation",
    "spearman's correlation": "correlation", "spearman correlation": "correlation",
    "brier": "brier score", "f1": "macro f1", "f1 score": "macro f1", "logloss": "log loss",
    "standardized difference": "standardised difference",
    "held out rows": "test rows", "test row": "test rows", "test set": "test rows",
    "ngram": "n-gram", "what if": "counterfactual", "mean absolute errors": "mean absolute error",
}  # fmt: skip
"""Other ways to say them."""


def term_called(name: str) -> str:
    """Return the term that is meant by `name`, or "" for none."""
    plain = " ".join(name.lower().replace("-", " ").split())
    for term in TERMS:
        if plain in (term, term.replace("-", " "), f"{term}s", f"{term.replace('-', ' ')}s"):
            return term
    return OTHER_NAMES.get(plain, "")


def terms_like(name: str) -> tuple[str, ...]:
    """Return up to three terms that are spelt nearly so, or that share a word with `name`."""
    plain = name.lower()
    near = difflib.get_close_matches(plain, TERMS, 3, 0.6)
    shared = [term for term in TERMS if set(term.split()) & set(plain.split())]
    return tuple(dict.fromkeys([*near, *shared]))[:3]


def glossary_fact(term: str) -> Fact:
    """Return what a term of the glossary means."""
    return make(
        "definition", (term,), TERMS[term], Origin("glossary", term), what="term", interest=0.5
    )
