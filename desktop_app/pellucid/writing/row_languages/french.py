"""One prediction in French."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pellucid.writing.row_languages.formats import FIXED, NARROW, Bound, Figure, NumberFormat
from pellucid.writing.row_languages.types import EffectSort

FORMAT = NumberFormat(
    ",", NARROW, FIXED, (f"«{FIXED}", f"{FIXED}»"), ", ", " et ", semicolon=f"{FIXED}; "
)
MONTHS: Sequence[str] = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
WEEKDAYS: Sequence[str] = (
    "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
)  # fmt: skip
PARTS: Mapping[str, str] = {"month": "mois", "weekday": "jour de la semaine", "hour": "heure"}
NOTES: Mapping[str, str] = {
    "logit": "Les contributions s’additionnent sur l’échelle logarithmique de la cote, qui est la "
    "probabilité divisée par celle du cas contraire. Chacune multiplie la cote par un facteur "
    "fixe\u00a0; l’ampleur du changement de probabilité dépend de ce qui a déjà été ajouté.",
    "logits": "Les contributions s’additionnent sur l’échelle logarithmique de la cote, séparément "
    "pour chaque étiquette\u00a0: une ligne peut avoir plusieurs étiquettes ou aucune. La cote est "
    "la probabilité divisée par celle du cas contraire.",
    "softmax": "Les contributions s’additionnent sur une échelle logarithmique, séparément pour "
    "chaque classe\u00a0; les sommes deviennent ensuite des probabilités qui se partagent "
    "100\u00a0%. La cote relative compare une classe à la moyenne de toutes.",
    "log": "Les contributions s’additionnent sur l’échelle logarithmique de la variable "
    "prédite\u00a0: chacune multiplie la prédiction par un facteur fixe.",
    "identity": "Les contributions s’additionnent dans l’unité de la variable prédite\u00a0: la "
    "moyenne et toutes les contributions donnent la prédiction.",
}
MISSING = "valeur manquante"
CAUTION = (
    "Cela décrit comment le modèle arrive à sa prédiction, et non ce qui se passerait dans le "
    "monde si l’on changeait quelque chose."
)
_SCALES = {
    "logit": "logarithmique de la cote", "logits": "logarithmique de la cote",
    "softmax": "logarithmique de la classe", "log": "logarithmique de la variable prédite",
    "identity": "de la variable prédite",
}  # fmt: skip
_EFFECTS = {
    "odds": "cote ×\u00a0{}",
    "relative odds": "cote relative ×\u00a0{}",
    "units": "{}",
    "factor": "×\u00a0{}",
    "score": "contribution {}",
}
_BOUNDS = {"under": "moins de", "over": "plus de"}


def start(row: int | None) -> str:
    shown = "Cette ligne" if row is None else f"Ligne {FORMAT.number(row, 9)}"
    return f"{shown}{FIXED}: "


def date(year: int, month: int, day: int) -> str:
    first = "1er" if day == 1 else str(day)
    return f"{first} {MONTHS[month - 1]} {year}"


def percent(figure: Figure) -> str:
    about = "environ " if figure.is_rounded else ""
    return bounded(f"{about}{figure.text}", figure.bound)


def _of(figure: Figure) -> str:
    """Let a share follow its noun: `de 24 %`, `de moins de 0,1 %`, `d’environ 24 %`."""
    return f"d’{percent(figure)}" if figure.is_rounded else f"de {percent(figure)}"


def bounded(text: str, bound: Bound) -> str:
    return f"{_BOUNDS[bound]} {text}" if bound else text


def interval(low: str, high: str) -> str:
    return f"intervalle à 95{FIXED}%{FIXED}: de {low} à {high}"


def chance(outcome: str, figure: Figure, bounds: str, base: Figure | None) -> str:
    text = f"le modèle donne à {outcome} une probabilité {_of(figure)}"
    text += FORMAT.bracketed(bounds)
    if base is None:
        return f"{text}."
    return f"{text}, en partant {_of(base)} pour une ligne moyenne."


def value(target: str, value: str, bounds: str, base: str) -> str:
    text = f"le modèle prédit {value} pour {target}"
    text += FORMAT.bracketed(bounds)
    return f"{text}, en partant de {base} pour une ligne moyenne."


def raised(items: Sequence[str]) -> str:
    return f"La prédiction est relevée surtout par {FORMAT.listed(items)}."


def lowered(items: Sequence[str]) -> str:
    return f"La prédiction est abaissée surtout par {FORMAT.listed(items)}."


def missing(name: str) -> str:
    return f"la valeur manquante de {name}"


def empty(name: str) -> str:
    return f"la cellule vide de {name}"


def words(name: str) -> str:
    return f"les mots de {name}"


def together(first: str, second: str) -> str:
    return f"{first} avec {second}"


def effect(sort: EffectSort, size: str) -> str:
    return _EFFECTS[sort].format(size)


def unseen(items: Sequence[str]) -> str:
    listed = FORMAT.listed(items)
    return f"Ce que le modèle n’a jamais vu n’apporte rien{FIXED}: {listed}."


def truth(actual: str, agrees: bool | None) -> str:
    end = {None: "", True: ", comme prédit", False: ", contrairement à la prédiction"}[agrees]
    return f"Le tableau indique {actual}{end}."


def _if(change: tuple[str, str, str]) -> str:
    column, before, after = change
    return (
        f"Si {column} valait {after} au lieu de {before}, toutes choses égales par ailleurs, le "
        "modèle"
    )


def turned_class(change: tuple[str, str, str], label: str, figure: Figure) -> str:
    return f"{_if(change)} prédirait {label} (probabilité{FIXED}: {percent(figure)})."


def turned_label(change: tuple[str, str, str], outcome: str, figure: Figure) -> str:
    return f"{_if(change)} donnerait à {outcome} une probabilité {_of(figure)}."


def turned_value(change: tuple[str, str, str], value: str, base: str) -> str:
    return f"{_if(change)} prédirait {value} (ligne moyenne{FIXED}: {base})."


def unturned(tried: str) -> str:
    return (
        "Aucun changement d’un seul nombre ou d’une seule catégorie ne renverse cette prédiction "
        f"(colonnes essayées{FIXED}: {tried})."
    )


def summed(link: str, parts: tuple[str, str, str], terms: str) -> str:
    return (
        f"Sur l’échelle {_SCALES[link]}{FIXED}: constante {parts[0]}, toutes les contributions "
        f"{parts[1]} (termes{FIXED}: {terms}), total {parts[2]}."
    )
