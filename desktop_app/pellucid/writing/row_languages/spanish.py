"""One prediction in Spanish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pellucid.writing.row_languages.formats import FIXED, NARROW, Bound, Figure, NumberFormat
from pellucid.writing.row_languages.types import EffectSort

FORMAT = NumberFormat(",", NARROW, FIXED, ("«", "»"), ", ", ", así como ", 10_000.0)
MONTHS: Sequence[str] = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
WEEKDAYS: Sequence[str] = (
    "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
)  # fmt: skip
PARTS: Mapping[str, str] = {"month": "mes", "weekday": "día de la semana", "hour": "hora"}
NOTES: Mapping[str, str] = {
    "logit": "Las contribuciones se suman en la escala logarítmica de la ventaja, que es la "
    "probabilidad dividida por la del caso contrario. Cada contribución multiplica la ventaja por "
    "un factor fijo; cuánto mueve eso la probabilidad depende de lo que ya se haya sumado.",
    "logits": "Las contribuciones se suman en la escala logarítmica de la ventaja, por separado "
    "para cada etiqueta: una fila puede tener varias etiquetas o ninguna. La ventaja es la "
    "probabilidad dividida por la del caso contrario.",
    "softmax": "Las contribuciones se suman en una escala logarítmica, por separado para cada "
    "clase; solo después las sumas se convierten en probabilidades que se reparten el "
    "100\u00a0%. La ventaja relativa compara una clase con la media de todas.",
    "log": "Las contribuciones se suman en la escala logarítmica de la variable que se predice: "
    "cada una multiplica la predicción por un factor fijo.",
    "identity": "Las contribuciones se suman en la unidad de la variable que se predice: la media "
    "más todas las contribuciones da la predicción.",
}
MISSING = "sin valor"
CAUTION = (
    "Esto describe cómo llega el modelo a su predicción, no lo que ocurriría en el mundo si se "
    "cambiara algo."
)
_SCALES = {
    "logit": "logarítmica de la ventaja", "logits": "logarítmica de la ventaja",
    "softmax": "logarítmica de la clase", "log": "logarítmica de la variable que se predice",
    "identity": "de la variable que se predice",
}  # fmt: skip
_EFFECTS = {
    "odds": "ventaja ×\u00a0{}",
    "relative odds": "ventaja relativa ×\u00a0{}",
    "units": "{}",
    "factor": "×\u00a0{}",
    "score": "contribución {}",
}
_BOUNDS = {"under": "menos de", "over": "más de"}


def start(row: int | None) -> str:
    return "Esta fila: " if row is None else f"Fila {FORMAT.number(row, 9)}: "


def date(year: int, month: int, day: int) -> str:
    return f"{day} de {MONTHS[month - 1]} de {year}"


def percent(figure: Figure) -> str:
    if figure.bound:
        return f"{_BOUNDS[figure.bound]}l {figure.text}"
    return f"alrededor del {figure.text}" if figure.is_rounded else figure.text


def _of(figure: Figure) -> str:
    """Let a share follow its noun: `del 24 %`, `de menos del 0,1 %`, `de alrededor del 24 %`."""
    shown = percent(figure)
    return f"de {shown}" if figure.bound or figure.is_rounded else f"del {shown}"


def bounded(text: str, bound: Bound) -> str:
    return f"{_BOUNDS[bound]} {text}" if bound else text


def interval(low: str, high: str) -> str:
    return f"intervalo del 95{FIXED}%: de {low} a {high}"


def chance(outcome: str, figure: Figure, bounds: str, base: Figure | None) -> str:
    text = f"el modelo da a {outcome} una probabilidad {_of(figure)}"
    text += FORMAT.bracketed(bounds)
    return f"{text}, partiendo {_of(base)} para una fila media." if base else f"{text}."


def value(target: str, value: str, bounds: str, base: str) -> str:
    text = f"el modelo predice {value} para {target}"
    text += FORMAT.bracketed(bounds)
    return f"{text}, partiendo de {base} para una fila media."


def raised(items: Sequence[str]) -> str:
    return f"La predicción sube sobre todo por {FORMAT.listed(items)}."


def lowered(items: Sequence[str]) -> str:
    return f"La predicción baja sobre todo por {FORMAT.listed(items)}."


def missing(name: str) -> str:
    return f"el valor ausente de {name}"


def empty(name: str) -> str:
    return f"la celda vacía de {name}"


def words(name: str) -> str:
    return f"las palabras de {name}"


def together(first: str, second: str) -> str:
    return f"{first} junto con {second}"


def effect(sort: EffectSort, size: str) -> str:
    return _EFFECTS[sort].format(size)


def unseen(items: Sequence[str]) -> str:
    return f"Lo que el modelo nunca vio no aporta nada: {FORMAT.listed(items)}."


def truth(actual: str, agrees: bool | None) -> str:
    end = {None: "", True: ", como se predijo", False: ", a diferencia de lo predicho"}[agrees]
    return f"La tabla dice {actual}{end}."


def _if(change: tuple[str, str, str]) -> str:
    column, before, after = change
    return f"Si {column} fuera {after} en lugar de {before} y todo lo demás igual, el modelo"


def turned_class(change: tuple[str, str, str], label: str, figure: Figure) -> str:
    return f"{_if(change)} predeciría {label} (probabilidad: {percent(figure)})."


def turned_label(change: tuple[str, str, str], outcome: str, figure: Figure) -> str:
    return f"{_if(change)} daría a {outcome} una probabilidad {_of(figure)}."


def turned_value(change: tuple[str, str, str], value: str, base: str) -> str:
    return f"{_if(change)} predeciría {value} (fila media: {base})."


def unturned(tried: str) -> str:
    return (
        "Ningún cambio de un solo número o de una sola categoría invierte esta predicción "
        f"(columnas probadas: {tried})."
    )


def summed(link: str, parts: tuple[str, str, str], terms: str) -> str:
    return (
        f"En la escala {_SCALES[link]}: constante {parts[0]}, todas las contribuciones {parts[1]} "
        f"(términos: {terms}), total {parts[2]}."
    )
