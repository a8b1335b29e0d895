"""What a term's curve says, as a clause for a paragraph and as the title of its chart."""

from __future__ import annotations

from pellucid.core.numbers import listing
from pellucid.explain.cells import rounded, value_text
from pellucid.explain.shapes import describe_shape
from pellucid.explain.types import Jump, ModelExplanation, Shape, Stretch, TermExplanation, Turn
from pellucid.facts.scales import Scale, scale_of
from pellucid.models.additive import Axis
from pellucid.models.keyword_tree.tree import KeywordTree

_MOST_TURNS = 3
_MOSTLY_JUMPS = 0.7


def term_sentence(term: TermExplanation, explanation: ModelExplanation) -> str:
    """Say in one line what the chart of `term` shows, for example a title like `Odds of Income
    >50K rise with Age until about 50, then fall`.

    With several outputs the one that the term moves most is told.
    """
    shape = strongest_shape(term, len(explanation.outputs))
    scale = scale_of(explanation, shape.output)
    if term.evidence is not None and not term.matters:
        return f"{term.name} makes no measurable difference of its own"
    if shape.flat and term.kind == "pair":
        names = " and ".join(axis.name for axis in term.axes)
        return f"{names} act together, but no single place stands out"
    if shape.flat:
        return f"{scale.title_noun} {scale.verb('do', 'does')} not change clearly with {term.name}"
    if term.kind == "bins":
        return f"{scale.title_noun} {curve_clause(term, shape, scale)}"
    first, last = shape.cells[0].label, shape.cells[-1].label
    if term.kind == "ngrams":
        return f"{scale.title_noun} {_word_clause(term, shape, scale)}"
    if term.kind == "pair":
        names = " and ".join(axis.name for axis in term.axes)
        return f"{names} act together: most at {first}, least at {last}"
    be = scale.verb("are", "is")
    tree = term.axes[0].tree
    if tree is not None:
        best, worst = leaf_words(tree, first), leaf_words(tree, last)
        return f"{scale.title_noun} {be} highest where {term.name} {best}, lowest where it {worst}"
    if len(shape.cells) == 2:
        return f"{scale.title_noun} {be} higher for {first} than for {last}"
    return f"{scale.title_noun} {be} highest for {first}, lowest for {last}"


def leaf_words(tree: KeywordTree, label: str) -> str:
    """Return what the texts of a leaf say, by the last keywords that they hold: `says “worst” or 2
    more`; of a leaf whose texts hold none, `says none of the keywords`."""
    path = tree.conditions(tree.leaves[tree.labels.index(label)].id)
    held = [condition for condition in path if condition.is_there]
    if not held:
        return "says none of the keywords"
    more = len(held[-1].keywords) - 1
    return f"says “{held[-1].keywords[0]}”" + (f" or {more:,} more" if more else "")


def _word_clause(term: TermExplanation, shape: Shape, scale: Scale) -> str:
    """Return the predicate: `rise most with “great” in review, fall most with “broken”`."""
    up = [cell.label for cell in shape.cells if cell.effect.score > 0]
    down = [cell.label for cell in shape.cells if cell.effect.score < 0]
    rise, fall = scale.verb("rise", "rises"), scale.verb("fall", "falls")
    parts = [f"{rise} most with “{up[0]}”"] if up else []
    parts += [f"{fall} most with “{down[-1]}”"] if down else []
    parts[0] += f" in {term.name}"
    return ", ".join(parts)


def strongest_shape(term: TermExplanation, outputs: int) -> Shape:
    """Return the shape of the output that `term` moves most."""
    shapes = [describe_shape(term, output) for output in range(outputs)]
    return max(shapes, key=lambda shape: (not shape.flat, shape.swing.score))


def curve_clause(term: TermExplanation, shape: Shape, scale: Scale) -> str:
    """Return the predicate: `rise with Age until about 50, then fall`."""
    axis = term.axes[0]
    if len(shape.turns) > _MOST_TURNS:
        best = max(shape.turns, key=lambda turn: turn.prominence)
        name = "highest" if best.kind == "peak" else "lowest"
        return (
            f"{scale.verb('go', 'goes')} up and down with {axis.name}, {name} near "
            f"{turn_text(axis, best)}"
        )
    course = sum(abs(stretch.change) for stretch in shape.stretches)
    made = sum(abs(jump.change.score) for jump in shape.jumps) / max(course, 1e-12)
    if shape.jumps and not shape.turns and made >= _MOSTLY_JUMPS:
        steps = _jumps_text(axis, shape.jumps)
        return f"{scale.verb('take', 'takes')} {steps}, and {_little(scale)} otherwise"
    moves = [_move(stretch, scale) for stretch in shape.stretches]
    ends = [_end_text(axis, shape, stretch) for stretch in shape.stretches]
    shown = [i for i, end in enumerate(ends) if i == 0 or end != ends[i - 1]]
    moves, ends = [moves[i] for i in shown], [ends[i] for i in shown]
    words = []
    for i, move in enumerate(moves):
        first = f"{move} with {axis.name}" if i == 0 else move
        if i == 0 and shape.stretches[0].direction == "level":
            first = f"{scale.verb('stay', 'stays')} level"
            ends[0] = ends[0].replace("until about", f"until {axis.name} is about")
        words.append(f"{first} {ends[i]}" if i < len(moves) - 1 else first)
    clause = ", then ".join(words)
    if shape.jumps:
        clause += f", with {_jumps_text(axis, shape.jumps)}"
    return clause


def _little(scale: Scale) -> str:
    return scale.verb("change little", "changes little")


def _move(stretch: Stretch, scale: Scale) -> str:
    if stretch.direction == "rises":
        return scale.verb("rise", "rises")
    if stretch.direction == "falls":
        return scale.verb("fall", "falls")
    return scale.verb("level off", "levels off")


def _end_text(axis: Axis, shape: Shape, stretch: Stretch) -> str:
    for turn in shape.turns:
        if turn.low <= stretch.end <= turn.high:
            return f"until about {turn_text(axis, turn)}"
    width = shape.stretches[-1].end - shape.stretches[0].start
    return f"until about {place_text(axis, stretch.end, width / 10)}"


def _jumps_text(axis: Axis, jumps: tuple[Jump, ...]) -> str:
    ways = {"jump" if jump.change.score > 0 else "drop" for jump in jumps}
    word = "step" if len(ways) > 1 else next(iter(ways))
    places = [jump_text(axis, jump) for jump in jumps]
    return (
        f"a {word} at {axis.name} {places[0]}"
        if len(places) == 1
        else f"{word}s at {axis.name} {listing(places)}"
    )


def turn_text(axis: Axis, turn: Turn) -> str:
    """Format where a curve turns, rounded to what its interval supports."""
    return place_text(axis, turn.at, turn.high - turn.low)


def turn_bounds(axis: Axis, turn: Turn) -> str:
    """Format the places between which the turn could lie: `46 to 57`."""
    width = turn.high - turn.low
    return f"{place_text(axis, turn.low, width)} to {place_text(axis, turn.high, width)}"


def jump_text(axis: Axis, jump: Jump) -> str:
    """Format where a curve jumps; for whole numbers, the first value after the step."""
    width = max(jump.high - jump.low, (axis.high - axis.low) / 100)
    if axis.is_integer and width <= 2:
        return value_text(axis, int(jump.at) + (jump.at != int(jump.at)))
    return place_text(axis, jump.at, width)


def place_text(axis: Axis, value: float, width: float) -> str:
    """Format a place on an axis, rounded to what an interval of `width` supports."""
    if axis.is_integer and width <= 8:
        return value_text(axis, round(value))
    place = rounded(value, width)
    return value_text(axis, place, width / 4)
