"""What each layer of a transformer knows of the columns of a table, as charts and sentences."""

from __future__ import annotations

import math

from pellucid.core.numbers import count, interval, listing, number, percent, plural
from pellucid.explain.corpus.network_types import (
    ColumnProbe,
    LayerProbe,
    LayersView,
    LookedInto,
)
from pellucid.models.additive import AdditiveModel
from pellucid.report.charts import Caption
from pellucid.ui.charts.layers import LayerChart, LayerDot
from pellucid.ui.readers import AnyModel

ABOUT = (
    "On each layer a straight line is fitted that reads one column off what the layer holds of a "
    "text, and is tested on other texts. A high score says that the column can be read there, not "
    "that the model uses it. Hollow dots: the same with the column’s values shuffled."
)


def network_line(network: LookedInto, model: AnyModel | None, target: str) -> str:
    """Say which transformer was looked into, and what it has to do with the model."""
    if not network.is_own:
        return (
            f"Looked into: {network.name}. It is no part of this model, and has not learned "
            f"{target} from anyone."
        )
    if isinstance(model, AdditiveModel):
        return (
            f"Looked into: {network.name}, the encoder that this model’s n-grams were embedded "
            "with. The model itself needs it no more."
        )
    return f"Looked into: {network.name}."


def texts_line(found: LayersView) -> str:
    """Say how many texts were read, and which columns could not be probed."""
    probes = found.probes
    read = f"{count(probes.texts)} of {plural(probes.searched, 'text')}"
    if probes.texts == probes.searched:
        read = f"All {plural(probes.texts, 'text')}"
    said = f"{read} in “{found.column}” were read."
    if probes.left_out:
        said += (
            f" Left out: {listing(list(probes.left_out))}, with one value alone or too few known."
        )
    return said


def layer_chart(probe: ColumnProbe) -> LayerChart:
    """Draw a column's score on every layer."""
    is_class = probe.kind == "classes"
    dots = tuple(
        LayerDot(
            layer.score.value,
            *_bounds(layer),
            layer.control,
            layer_sentence(probe, layer),
        )
        for layer in probe.layers
    )
    title = layers_finding(probe)
    kind = f"{len(probe.classes)} classes" if is_class else "a number"
    subtitle = f"{kind}, {plural(probe.rows, 'text')}"
    axis = "Accuracy" if is_class else "R²"
    name = "commonest class" if is_class else "the mean"
    alt = "; ".join(dot.sentence for dot in dots)
    best = probe.layers.index(probe.best)
    return LayerChart(Caption(title, subtitle, alt), axis, dots, probe.baseline, name, best)


def _bounds(layer: LayerProbe) -> tuple[float, float]:
    low, high = layer.score.low, layer.score.high
    if not math.isfinite(low) or not math.isfinite(high):
        return layer.score.value, layer.score.value
    return low, high


def _written(probe: ColumnProbe, value: float) -> str:
    return percent(value) if probe.kind == "classes" else number(value, 2)


def layer_sentence(probe: ColumnProbe, layer: LayerProbe) -> str:
    """Say one layer's score, what bounds it, and what shuffled values give."""
    name = "The words by themselves" if layer.layer == 0 else f"Layer {layer.layer}"
    score = _written(probe, layer.score.value)
    low, high = _bounds(layer)
    spread = f"{_written(probe, low)} to {_written(probe, high)}"
    return f"{name}: {score} ({spread}); with shuffled values {_written(probe, layer.control)}."


def layers_finding(probe: ColumnProbe) -> str:
    """Say where a column can be read best, or that it cannot be."""
    best = probe.best
    knows = best.selectivity.low > 0 and best.score.value > probe.baseline
    if not knows:
        return f"No layer shows {probe.column}"
    first = probe.layers[0]
    where = "the words by themselves" if best.layer == 0 else f"layer {best.layer}"
    said = f"{probe.column} is read best off {where}"
    if best.layer and first.score.high >= best.score.value:
        said += ", hardly better than off the words by themselves"
    return said


def layers_sentence(probe: ColumnProbe) -> str:
    """Say the best score beside what is known without any layer."""
    best = probe.best
    without = "the commonest class" if probe.kind == "classes" else "the mean"
    measure = "accuracy" if probe.kind == "classes" else "R²"
    base = _written(probe, probe.baseline)
    said = (
        f"{measure[0].upper()}{measure[1:]} {_written(probe, best.score.value)}, against {base} "
        f"for {without}."
    )
    gain = best.selectivity
    if math.isfinite(gain.low):
        scale, unit = (100, " points") if probe.kind == "classes" else (1, "")
        bounds = interval(round(gain.low * scale, 2), round(gain.high * scale, 2), 2)
        said += (
            f" {number(round(gain.value * scale, 2), 2)}{unit} above shuffled values ({bounds})."
        )
    return f"{said} {probe.note}." if probe.note else said


def ordered(found: LayersView, target: str) -> tuple[ColumnProbe, ...]:
    """Return the columns, the target first, then by what the best layer adds to its baseline."""
    return tuple(
        sorted(
            found.probes.columns,
            key=lambda probe: (
                probe.column != target,
                probe.baseline - probe.best.score.value,
            ),
        )
    )
