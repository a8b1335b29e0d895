"""A session filled by hand, so that pages are tested without an engine."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pellucid.data.types import Column, Rejected
from pellucid.explain.model import explain_model
from pellucid.facts.catalogue import facts_of
from pellucid.models.fit import Fit
from pellucid.report.build import build_report
from pellucid.ui.session import Session
from pellucid.ui.states import Opened
from pellucid.writing.builtin import write
from toy_models import (
    curve_term,
    level_term,
    make_fit,
    make_model,
    make_profile,
    make_source,
    pair_term,
)


def made_fit() -> Fit:
    terms = (
        curve_term("age", lambda x: np.sin(x / 25), missing=(0.4, 60.0)),
        level_term("work", {"Private": 0.9, "State": -0.9}, {"Private": 900, "State": 900}),
        curve_term("a", lambda x: x, 0.0, 1.0),
        curve_term("b", lambda x: -x, 0.0, 1.0),
        pair_term("a", "b", 0.2),
    )
    return make_fit(make_model(terms), idle=("b",))


def fill(session: Session, *, fitted: bool = True) -> None:
    """Put a table of 2,000 rows into the session and, where asked, a fit and its words."""
    source, profile, fit = make_source(), make_profile(), made_fit()
    columns = (
        Column("age", "number", 0, 70),
        Column("work", "category", 100, 3),
        Column("a", "number", 0, 900),
        Column("b", "number", 0, 900),
        Column("row_id", "identifier", 0, 2000),
        Column("Income", "category", 0, 2),
    )
    session.path = source.path
    session.opened = Opened(Path("no-store"), source, 2000, columns, Rejected())
    session.profile = profile
    session.target = "Income"
    session.suggestions = (("Income", "the last column, with two values"),)
    if not fitted:
        return
    session.options, session.model, session.summary = fit.summary.options, fit.model, fit.summary
    session.bags = session.bags_asked = fit.summary.bags
    session.explanation = explanation = explain_model(fit)
    session.words = write(facts_of(source, profile, fit.summary, explanation), title="people.csv")
    session.report = build_report(source, profile, session.words, fit.summary, explanation)
