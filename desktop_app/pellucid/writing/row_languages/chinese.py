"""One prediction in Chinese, in simplified characters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pellucid.writing.row_languages.formats import Bound, Figure, NumberFormat
from pellucid.writing.row_languages.types import EffectSort

FORMAT = NumberFormat(
    ".", ",", "", ("“", "”"), "、", "和", brackets=("（", "）"), between="", semicolon="；"
)
MONTHS: Sequence[str] = (
    "一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月",
    "九月", "十月", "十一月", "十二月",
)  # fmt: skip
WEEKDAYS: Sequence[str] = (
    "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日",
)  # fmt: skip
PARTS: Mapping[str, str] = {"month": "月份", "weekday": "星期", "hour": "时刻"}
NOTES: Mapping[str, str] = {
    "logit": "各项贡献在对数几率上相加；几率是一个结果的概率除以其相反结果的概率。"
    "每项贡献把几率乘以一个固定的倍数，概率因此变化多少，取决于此前已经加上的各项。",
    "logits": "各项贡献在对数几率上相加，每个标签各算一个总和：一行可以有多个标签，也可以没有。"
    "几率是一个标签的概率除以没有该标签的概率。",
    "softmax": "各项贡献在对数尺度上相加，每个类别各算一个总和，然后换算成合计为 100% 的概率。"
    "相对几率是把一个类别与所有类别的平均相比。",
    "log": "各项贡献在目标的对数上相加：每一项把预测值乘以一个固定的倍数。",
    "identity": "各项贡献以目标自身的单位相加：平均值加上全部贡献就是预测值。",
}
MISSING = "缺失"
CAUTION = "以上说明的是模型如何得出预测，并不说明若改变什么，现实中会发生什么。"
_SCALES = {
    "logit": "对数几率", "logits": "对数几率", "softmax": "类别的对数尺度",
    "log": "目标的对数尺度", "identity": "目标自身的尺度",
}  # fmt: skip
_EFFECTS = {
    "odds": "几率 ×\u00a0{}",
    "relative odds": "相对几率 ×\u00a0{}",
    "units": "{}",
    "factor": "×\u00a0{}",
    "score": "得分 {}",
}
_BOUNDS = {"under": "不到", "over": "超过"}


def start(row: int | None) -> str:
    return "本行：" if row is None else f"第 {FORMAT.number(row, 9)} 行："


def date(year: int, month: int, day: int) -> str:
    return f"{year} 年 {month} 月 {day} 日"


def percent(figure: Figure) -> str:
    about = "约 " if figure.is_rounded else ""
    return bounded(f"{about}{figure.text}", figure.bound)


def bounded(text: str, bound: Bound) -> str:
    return f"{_BOUNDS[bound]} {text}" if bound else text


def interval(low: str, high: str) -> str:
    return f"95% 区间：{low} 至 {high}"


def chance(outcome: str, figure: Figure, bounds: str, base: Figure | None) -> str:
    text = f"模型预测 {outcome} 的概率{_is(figure)}"
    text += FORMAT.bracketed(bounds)
    return f"{text}，平均行的起点{_is(base)}。" if base else f"{text}。"


def _is(figure: Figure) -> str:
    """Let a share follow its noun: `为 24%`, but `不到 0.1%`, which needs no verb."""
    if figure.bound:
        return percent(figure)
    return f"为{percent(figure)}" if figure.is_rounded else f"为 {percent(figure)}"


def value(target: str, value: str, bounds: str, base: str) -> str:
    text = f"模型对 {target} 的预测值为 {value}"
    text += FORMAT.bracketed(bounds)
    return f"{text}，平均行的起点为 {base}。"


def raised(items: Sequence[str]) -> str:
    return f"使预测升高的主要是 {_listed(items)}。"


def lowered(items: Sequence[str]) -> str:
    return f"使预测降低的主要是 {_listed(items)}。"


def _listed(items: Sequence[str]) -> str:
    """Join names; beside Latin letters and digits the last joint has a space."""
    if len(items) < 2:
        return FORMAT.listed(items)
    *others, last = items
    before = " " if others[-1][-1:].isascii() else ""
    after = " " if last[:1].isascii() else ""
    return f"{FORMAT.comma.join(others)}{before}{FORMAT.last}{after}{last}"


def missing(name: str) -> str:
    return f"{name} 的缺失值"


def empty(name: str) -> str:
    return f"{name} 的空单元格"


def words(name: str) -> str:
    return f"{name} 中的词语"


def together(first: str, second: str) -> str:
    return f"{first} 与 {second} 的组合"


def effect(sort: EffectSort, size: str) -> str:
    return _EFFECTS[sort].format(size)


def unseen(items: Sequence[str]) -> str:
    return f"模型从未见过的取值不起作用：{_listed(items)}。"


def truth(actual: str, agrees: bool | None) -> str:
    end = {None: "", True: "，与预测一致", False: "，与预测不同"}[agrees]
    return f"表中的值是 {actual}{end}。"


def _if(change: tuple[str, str, str]) -> str:
    column, before, after = change
    return f"若 {column} 为 {after} 而不是 {before}，其余不变，模型会"


def turned_class(change: tuple[str, str, str], label: str, figure: Figure) -> str:
    return f"{_if(change)}预测 {label}（概率：{percent(figure)}）。"


def turned_label(change: tuple[str, str, str], outcome: str, figure: Figure) -> str:
    return f"{_if(change)}预测 {outcome} 的概率{_is(figure)}。"


def turned_value(change: tuple[str, str, str], value: str, base: str) -> str:
    return f"{_if(change)}预测 {value}（平均行：{base}）。"


def unturned(tried: str) -> str:
    return f"只改变一个数值或一个类别，都不会使预测改变（已尝试的列数：{tried}）。"


def summed(link: str, parts: tuple[str, str, str], terms: str) -> str:
    return (
        f"在{_SCALES[link]}上：截距 {parts[0]}，全部贡献 {parts[1]}（项数：{terms}），"
        f"总和 {parts[2]}。"
    )
