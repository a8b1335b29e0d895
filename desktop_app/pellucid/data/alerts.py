"""What a reader should know about a column before believing a result; thresholds are named here."""

from __future__ import annotations

from collections.abc import Sequence

from pellucid.core.numbers import count, listing, number, percent, plural
from pellucid.data.alike import grouped
from pellucid.data.kinds import NEARLY_ALL
from pellucid.data.summaries import FENCE, Summary
from pellucid.data.table import Table
from pellucid.data.types import Alert, Association

MISSING_SHARE = 0.05
HIGH_CARDINALITY = 50
IMBALANCE_SHARE = 0.95
ZERO_SHARE = 0.5
SKEWNESS = 3.0
OUTLIER_SHARE = 0.01
CORRELATED = 0.9
MOST_CORRELATED = 10


def column_alerts(summary: Summary) -> tuple[Alert, ...]:
    """Return the alerts of one column, gravest first."""
    found = (
        _constant(summary), _missing(summary), _misfits(summary), _sentinels(summary),
        _cardinality(summary), _imbalance(summary), _zeros(summary), _outliers(summary),
        _skew(summary), _repeated(summary),
    )  # fmt: skip
    return tuple(alert for alert in found if alert is not None)


def table_alerts(
    table: Table,
    summaries: Sequence[Summary],
    duplicates: int,
    associations: Sequence[Association],
) -> tuple[Alert, ...]:
    """Return the alerts of the whole table: its own, then those of every column."""
    alerts = list(table.notes)
    if duplicates:
        verb = "repeats" if duplicates == 1 else "repeat"
        alerts.append(
            Alert(
                "duplicate rows",
                (),
                f"{plural(duplicates, 'row')} {verb} an earlier row exactly",
            )
        )
    alerts += grouped([alert for summary in summaries for alert in summary.profile.alerts])
    spaced = [summary.profile.name for summary in summaries if summary.spaced]
    if spaced:
        text = f"Values of {listing(spaced)} have blanks before or after them, which are ignored"
        alerts.append(Alert("spaces", tuple(spaced), text))
    return (*alerts, *_correlated(associations))


def _correlated(associations: Sequence[Association]) -> list[Alert]:
    strong = [item for item in associations if abs(item.value) >= CORRELATED][:MOST_CORRELATED]
    return [
        Alert(
            "correlated",
            (item.a, item.b),
            f"{item.a} and {item.b} carry nearly the same information"
            f" ({_MEASURES[item.measure]} {number(item.value)})",
        )
        for item in strong
    ]


_MEASURES = {
    "spearman": "rank correlation",
    "correlation ratio": "correlation ratio",
    "cramers v": "Cramér's V",
}


def _alert(kind: str, summary: Summary, message: str) -> Alert:
    return Alert(kind, (summary.profile.name,), message)


def _repeated(summary: Summary) -> Alert | None:
    """Warn of long numbers that should name rows, but that a spreadsheet, say, has rounded."""
    profile, present = summary.profile, _present(summary)
    if profile.kind != "identifier" or profile.distinct >= NEARLY_ALL * present:
        return None
    return _alert(
        "repeated identifier",
        summary,
        f"{profile.name} holds long numbers that name things, but only {count(profile.distinct)} of"
        f" {count(present)} differ: their last digits may be lost",
    )


def _present(summary: Summary) -> int:
    return summary.profile.rows - summary.profile.missing


def _constant(summary: Summary) -> Alert | None:
    profile = summary.profile
    if profile.distinct > 1:
        return None
    if not _present(summary):
        return _alert("constant", summary, f"{profile.name} is empty in every row")
    where = "in every row that has a value" if profile.missing else "in every row"
    only = profile.top[0].value if profile.top else number(profile.min or 0.0)
    return _alert("constant", summary, f"{profile.name} is “{only}” {where}")


def _missing(summary: Summary) -> Alert | None:
    profile = summary.profile
    share = profile.missing / profile.rows
    if share < MISSING_SHARE or share == 1:
        return None
    text = f"{percent(share)} of {profile.name} is missing ({plural(profile.missing, 'row')})"
    return _alert("missing", summary, text)


def _misfits(summary: Summary) -> Alert | None:
    profile = summary.profile
    if not profile.misfits:
        return None
    what = {"number": "number", "datetime": "date"}.get(profile.kind, profile.kind)
    verb = f"is not a {what}" if profile.misfits == 1 else f"are not {what}s"
    text = f"{count(profile.misfits)} of {plural(_present(summary), 'value')} of {profile.name}"
    return _alert("misfits", summary, f"{text} {verb}, and count as missing")


def _sentinels(summary: Summary) -> Alert | None:
    if summary.sentinel is None:
        return None
    name, code = summary.profile.name, number(summary.sentinel)
    text = f"{code} stands {plural(summary.sentinels, 'time')} in {name}, far from its other values"
    return _alert("sentinel", summary, f"{text}; it may be a code for missing")


def _cardinality(summary: Summary) -> Alert | None:
    profile = summary.profile
    if profile.kind != "category" or profile.distinct <= HIGH_CARDINALITY:
        return None
    text = f"{profile.name} has {count(profile.distinct)} different values"
    return _alert("high cardinality", summary, text)


def _imbalance(summary: Summary) -> Alert | None:
    profile = summary.profile
    if profile.kind not in ("category", "boolean") or not profile.top or profile.distinct < 2:
        return None
    share = profile.top[0].count / _present(summary)
    if share < IMBALANCE_SHARE:
        return None
    text = f"{percent(share)} of {profile.name} is {profile.top[0].value}"
    return _alert("imbalance", summary, text)


def _zeros(summary: Summary) -> Alert | None:
    profile = summary.profile
    if profile.kind != "number" or profile.zeros < ZERO_SHARE * _present(summary):
        return None
    share = percent(profile.zeros / max(1, _present(summary)))
    return _alert("zeros", summary, f"{share} of {profile.name} is 0") if profile.zeros else None


def _outliers(summary: Summary) -> Alert | None:
    profile = summary.profile
    if profile.kind != "number" or summary.outliers < OUTLIER_SHARE * _present(summary):
        return None
    if not summary.outliers:
        return None
    q = profile.quantiles
    low, high = q["0.25"], q["0.75"]
    reach = FENCE * (high - low)
    beyond = []
    if profile.min is not None and profile.min < low - reach:
        beyond.append(f"below {number(low - reach)}")
    if profile.max is not None and profile.max > high + reach:
        beyond.append(f"above {number(high + reach)}")
    verb = "lies" if summary.outliers == 1 else "lie"
    text = f"{plural(summary.outliers, 'value')} of {profile.name} {verb} far from the rest"
    half = f"while half of the values lie from {number(low)} to {number(high)}"
    return _alert("outliers", summary, f"{text}, {' or '.join(beyond)}, {half}")


def _skew(summary: Summary) -> Alert | None:
    profile = summary.profile
    if profile.kind != "number" or not abs(summary.skewness) >= SKEWNESS:
        return None
    side = "high" if summary.skewness > 0 else "low"
    text = f"{profile.name} has a long tail of {side} values (skewness {number(summary.skewness)})"
    return _alert("skew", summary, text)
