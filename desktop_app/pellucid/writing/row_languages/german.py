"""One prediction in German."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pellucid.writing.row_languages.formats import FIXED, Bound, Figure, NumberFormat
from pellucid.writing.row_languages.types import EffectSort

FORMAT = NumberFormat(",", ".", FIXED, ("„", "“"), ", ", " und ")
MONTHS: Sequence[str] = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
WEEKDAYS: Sequence[str] = (
    "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag",
)  # fmt: skip
PARTS: Mapping[str, str] = {"month": "Monat", "weekday": "Wochentag", "hour": "Uhrzeit"}
NOTES: Mapping[str, str] = {
    "logit": "Die Beiträge werden auf der logarithmischen Skala der Chance addiert; die Chance ist "
    "die Wahrscheinlichkeit geteilt durch die Gegenwahrscheinlichkeit. Jeder Beitrag multipliziert "
    "die Chance mit einem festen Faktor. Wie weit das die Wahrscheinlichkeit verschiebt, hängt "
    "davon ab, was schon addiert wurde.",
    "logits": "Die Beiträge werden auf der logarithmischen Skala der Chance addiert, für jedes "
    "Etikett getrennt: Eine Zeile kann mehrere Etiketten haben oder keines. Die Chance ist die "
    "Wahrscheinlichkeit geteilt durch die Gegenwahrscheinlichkeit.",
    "softmax": "Die Beiträge werden auf einer logarithmischen Skala addiert, für jede Klasse "
    "getrennt; erst danach werden die Summen zu Wahrscheinlichkeiten, die sich 100\u00a0% "
    "teilen. Die relative Chance vergleicht eine Klasse mit dem Mittel über alle Klassen.",
    "log": "Die Beiträge werden auf der logarithmischen Skala der Zielgröße addiert: Jeder "
    "multipliziert die Vorhersage mit einem festen Faktor.",
    "identity": "Die Beiträge werden in der Einheit der Zielgröße addiert: Der Durchschnitt und "
    "alle Beiträge zusammen ergeben die Vorhersage.",
}
MISSING = "fehlend"
CAUTION = (
    "Das beschreibt, wie das Modell zu seiner Vorhersage kommt, nicht, was in der Welt geschähe, "
    "wenn man etwas änderte."
)
_SCALES = {
    "logit": "logarithmische Skala der Chance", "logits": "logarithmische Skala der Chance",
    "softmax": "logarithmische Skala der Klasse", "log": "logarithmische Skala der Zielgröße",
    "identity": "Skala der Zielgröße",
}  # fmt: skip
_EFFECTS = {
    "odds": "Chance ×\u00a0{}",
    "relative odds": "relative Chance ×\u00a0{}",
    "units": "{}",
    "factor": "×\u00a0{}",
    "score": "Beitrag {}",
}
_BOUNDS = {"under": "unter", "over": "über"}


def start(row: int | None) -> str:
    return "Diese Zeile: " if row is None else f"Zeile {FORMAT.number(row, 9)}: "


def date(year: int, month: int, day: int) -> str:
    return f"{day}. {MONTHS[month - 1]} {year}"


def percent(figure: Figure) -> str:
    about = "etwa " if figure.is_rounded else ""
    return bounded(f"{about}{figure.text}", figure.bound)


def bounded(text: str, bound: Bound) -> str:
    return f"{_BOUNDS[bound]} {text}" if bound else text


def interval(low: str, high: str) -> str:
    return f"95-%-Intervall: {low} bis {high}"


def chance(outcome: str, figure: Figure, bounds: str, base: Figure | None) -> str:
    text = f"Das Modell gibt für {outcome} eine Wahrscheinlichkeit von {percent(figure)} an"
    text += FORMAT.bracketed(bounds)
    if base is None:
        return f"{text}."
    return f"{text}, ausgehend von {percent(base)} bei einer durchschnittlichen Zeile."


def value(target: str, value: str, bounds: str, base: str) -> str:
    text = f"Das Modell sagt für {target} den Wert {value} voraus"
    text += FORMAT.bracketed(bounds)
    return f"{text}, ausgehend von {base} bei einer durchschnittlichen Zeile."


def raised(items: Sequence[str]) -> str:
    return f"Nach oben verschiebt sich die Vorhersage vor allem durch {FORMAT.listed(items)}."


def lowered(items: Sequence[str]) -> str:
    return f"Nach unten verschiebt sich die Vorhersage vor allem durch {FORMAT.listed(items)}."


def missing(name: str) -> str:
    return f"den fehlenden Wert von {name}"


def empty(name: str) -> str:
    return f"die leere Zelle von {name}"


def words(name: str) -> str:
    return f"die Wörter von {name}"


def together(first: str, second: str) -> str:
    return f"{first} zusammen mit {second}"


def effect(sort: EffectSort, size: str) -> str:
    return _EFFECTS[sort].format(size)


def unseen(items: Sequence[str]) -> str:
    return f"Was das Modell nie gesehen hat, trägt nichts bei: {FORMAT.listed(items)}."


def truth(actual: str, agrees: bool | None) -> str:
    end = {None: "", True: ", wie vorhergesagt", False: ", anders als vorhergesagt"}[agrees]
    return f"In der Tabelle steht {actual}{end}."


def _if(change: tuple[str, str, str]) -> str:
    column, before, after = change
    return f"Wäre {column} {after} statt {before} und alles andere gleich, würde das Modell"


def turned_class(change: tuple[str, str, str], label: str, figure: Figure) -> str:
    return f"{_if(change)} {label} vorhersagen (Wahrscheinlichkeit: {percent(figure)})."


def turned_label(change: tuple[str, str, str], outcome: str, figure: Figure) -> str:
    return f"{_if(change)} für {outcome} eine Wahrscheinlichkeit von {percent(figure)} angeben."


def turned_value(change: tuple[str, str, str], value: str, base: str) -> str:
    return f"{_if(change)} {value} vorhersagen (durchschnittliche Zeile: {base})."


def unturned(tried: str) -> str:
    return (
        "Keine Änderung einer einzelnen Zahl oder Kategorie kippt diese Vorhersage (geprüfte "
        f"Spalten: {tried})."
    )


def summed(link: str, parts: tuple[str, str, str], terms: str) -> str:
    return (
        f"Auf der Skala des Modells ({_SCALES[link]}): Achsenabschnitt {parts[0]}, alle Beiträge "
        f"{parts[1]} (Terme: {terms}), Summe {parts[2]}."
    )
