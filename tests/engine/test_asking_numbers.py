"""Every number in an answer is the one that pandas computes from the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest

from pellucid.core.numbers import number, percent
from pellucid.core.paths import resource
from pellucid.core.run import Run
from pellucid.data.reading import open_table
from pellucid.engine.asking import Answer, Asking, answer

Frame = Any
FILES = {"p": "penguins", "b": "bicycles_synthetic", "h": "helpdesk_synthetic"}
FRAMES = {key: pd.read_csv(resource(f"samples/{name}.csv")) for key, name in FILES.items()}
FRAMES["b"]["date"] = pd.to_datetime(FRAMES["b"].date)
FRAMES["h"]["opened"] = pd.to_datetime(FRAMES["h"].opened)

SINGLE: tuple[tuple[str, str, Callable[[Frame], float]], ...] = (
    ("p", "How many penguins are there?", len),
    ("p", "mean body mass", lambda f: f.body_mass_g.mean()),
    ("p", "average body mass of Gentoo", lambda f: f[f.species == "Gentoo"].body_mass_g.mean()),
    ("p", "median flipper length of females",
     lambda f: f[f.sex == "female"].flipper_length_mm.median()),
    ("p", "what is the maximum bill depth?", lambda f: f.bill_depth_mm.max()),
    ("p", "the lowest flipper length among males",
     lambda f: f[f.sex == "male"].flipper_length_mm.min()),
    ("p", "standard deviation of bill length", lambda f: f.bill_length_mm.std()),
    ("p", "sum of body mass for year 2008", lambda f: f[f.year == 2008].body_mass_g.sum()),
    ("p", "How many Adelie penguins live on Dream?",
     lambda f: ((f.species == "Adelie") & (f.island == "Dream")).sum()),
    ("p", "how many penguins weigh more than 5,000?", lambda f: (f.body_mass_g > 5000).sum()),
    ("p", "how many penguins have a body mass of at most 3000",
     lambda f: (f.body_mass_g <= 3000).sum()),
    ("p", "penguins with bill length between 40 and 45",
     lambda f: f.bill_length_mm.between(40, 45).sum()),
    ("p", "how many not on Dream", lambda f: (f.island != "Dream").sum()),
    ("p", "how many rows have no sex", lambda f: f.sex.isna().sum()),
    ("p", "how many penguins on Dream or Biscoe",
     lambda f: f.island.isin(["Dream", "Biscoe"]).sum()),
    ("p", "What share of penguins is Gentoo?", lambda f: (f.species == "Gentoo").mean()),
    ("p", "What percentage of the females are Chinstrap?",
     lambda f: (f[f.sex == "female"].species == "Chinstrap").mean()),
    ("p", "share of males", lambda f: (f.sex.dropna() == "male").mean()),
    ("p", "how many species are there?", lambda f: f.species.nunique()),
    ("p", "how many distinct years", lambda f: f.year.nunique()),
    ("p", "Difference in body mass between males and females",
     lambda f: f[f.sex == "male"].body_mass_g.mean() - f[f.sex == "female"].body_mass_g.mean()),
    ("p", "is body mass related to flipper length",
     lambda f: f.body_mass_g.corr(f.flipper_length_mm, method="spearman")),
    ("p", "how many missing in sex?", lambda f: f.sex.isna().mean()),
    ("p", "mean body mass where sex is missing", lambda f: f[f.sex.isna()].body_mass_g.mean()),
    ("p", "mean body mass for female gentoo on biscoe in 2008",
     lambda f: f[(f.sex == "female") & (f.species == "Gentoo") & (f.year == 2008)]
     .body_mass_g.mean()),
    ("b", "How many riders are there on average?", lambda f: f.riders.mean()),
    ("b", "how many riders in total?", lambda f: f.riders.sum()),
    ("b", "total riders in 2022", lambda f: f[f.date.dt.year == 2022].riders.sum()),
    ("b", "average riders in july 2021",
     lambda f: f[(f.date >= "2021-07-01") & (f.date <= "2021-07-31")].riders.mean()),
    ("b", "days before 2022-03-01", lambda f: (f.date < "2022-03-01").sum()),
    ("b", "days after 2023", lambda f: (f.date > "2023-12-31").sum()),
    ("b", "average riders when it is warmer than 20 degrees",
     lambda f: f[f.temperature_c > 20].riders.mean()),
    ("b", "mean riders on days with no school term",
     lambda f: f[f.school_term == "no"].riders.mean()),
    ("b", "percent of days in school term", lambda f: (f.school_term == "yes").mean()),
    ("b", "what share of days has rain at least 5", lambda f: (f.rain_mm >= 5).mean()),
    ("b", "what is the highest number of riders on a day with rain over 5",
     lambda f: f[f.rain_mm > 5].riders.max()),
    ("b", "mean wind when rain is 0", lambda f: f[f.rain_mm == 0].wind_kmh.mean()),
    ("b", "how much did it rain in total in 2022",
     lambda f: f[f.date.dt.year == 2022].rain_mm.sum()),
    ("b", "how many more riders are there in school term",
     lambda f: f[f.school_term == "yes"].riders.mean() - f[f.school_term == "no"].riders.mean()),
    ("h", "how many tickets came by phone?", lambda f: (f.channel == "phone").sum()),
    ("h", "how many tickets are about Phone", lambda f: (f["product"] == "Phone").sum()),
    ("h", "how many tickets waited over 48 hours", lambda f: (f.wait_hours > 48).sum()),
    ("h", "percentage of unsatisfied mail customers",
     lambda f: (f[f.channel == "mail"].satisfied == "no").mean()),
    ("h", "how many tickets mention \"router\"",
     lambda f: f.message.str.lower().str.contains("router", regex=False).sum()),
    ("h", "tickets opened in march 2024",
     lambda f: ((f.opened.dt.year == 2024) & (f.opened.dt.month == 3)).sum()),
    ("h", "mean wait for Router tickets by mail",
     lambda f: f[(f["product"] == "Router") & (f.channel == "mail")].wait_hours.mean()),
)  # fmt: skip

GROUPED: tuple[tuple[str, str, Callable[[Frame], Any]], ...] = (
    ("p", "mean bill length by species", lambda f: f.groupby("species").bill_length_mm.mean()),
    ("p", "Which species is heaviest?", lambda f: f.groupby("species").body_mass_g.mean()),
    ("p", "penguins by island", lambda f: f.groupby("island").size()),
    ("p", "median body mass per year", lambda f: f.groupby("year").body_mass_g.median()),
    ("p", "share of males by species",
     lambda f: (f.dropna(subset="sex").sex == "male").groupby(f.species).mean()),
    ("b", "which month had the most riders?",
     lambda f: f.groupby(f.date.dt.month_name()).riders.sum()),
    ("b", "average riders by weekday", lambda f: f.groupby(f.date.dt.day_name()).riders.mean()),
    ("b", "total rain by year", lambda f: f.groupby(f.date.dt.year).rain_mm.sum()),
    ("h", "average wait by channel", lambda f: f.groupby("channel").wait_hours.mean()),
    ("h", "share of satisfied customers by product",
     lambda f: (f.satisfied == "yes").groupby(f["product"]).mean()),
)  # fmt: skip


@pytest.fixture(scope="module")
def askings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Asking]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PELLUCID_HOME", str(tmp_path_factory.mktemp("home")))
        tables = {k: open_table(resource(f"samples/{n}.csv")) for k, n in FILES.items()}
        yield {key: Asking(table) for key, table in tables.items()}
        for table in tables.values():
            table.close()


def first_value(found: Answer) -> float:
    fact = found.words.facts[found.words.claims[0].facts[0]]
    assert isinstance(fact.value, int | float)
    return float(fact.value)


@pytest.mark.parametrize(("file", "question", "truth"), SINGLE)
def test_a_figure_is_that_of_pandas(
    askings: dict[str, Asking], file: str, question: str, truth: Callable[[Frame], float]
) -> None:
    found = answer(askings[file], question, Run())

    wanted = float(truth(FRAMES[file]))
    assert first_value(found) == pytest.approx(wanted, rel=1e-9), found.steps
    text = found.words.claims[0].text
    shown = {number(wanted), number(abs(wanted)), percent(wanted), f"{wanted:,.0f}"}
    assert any(form in text for form in shown), text


@pytest.mark.parametrize(("file", "question", "truth"), GROUPED)
def test_the_figures_of_groups_are_those_of_pandas(
    askings: dict[str, Asking], file: str, question: str, truth: Callable[[Frame], Any]
) -> None:
    found = answer(askings[file], question, Run())

    wanted = {str(key): float(value) for key, value in truth(FRAMES[file]).items()}
    facts = [found.words.facts[id_] for id_ in found.words.claims[0].facts]
    values = {str(fact.origin.cell).rpartition(" is ")[2]: fact.value for fact in facts}
    assert values == pytest.approx(wanted, rel=1e-9)
    assert all(key in found.words.claims[0].text for key in wanted)


def test_the_first_of_a_ranking_is_the_highest(askings: dict[str, Asking]) -> None:
    found = answer(askings["p"], "Which species is heaviest?", Run())

    assert found.words.claims[0].text.startswith("Gentoo has the highest mean of body_mass_g: ")


def test_an_interval_of_a_mean_is_students(askings: dict[str, Asking]) -> None:
    from scipy.stats import t

    known = FRAMES["p"].body_mass_g.dropna()
    low, high = t.interval(0.95, len(known) - 1, known.mean(), known.sem())

    found = answer(askings["p"], "mean body mass", Run())

    fact = next(iter(found.words.facts.values()))
    assert (fact.low, fact.high) == (pytest.approx(low, rel=1e-5), pytest.approx(high, rel=1e-5))
    assert fact.details["method"] == "Student's t interval"
