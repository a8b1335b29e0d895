"""Write the two synthetic samples of resources/samples; the seed makes them the same every time.

Run: python packaging/make_samples.py
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

SAMPLES = Path(__file__).resolve().parents[1] / "resources" / "samples"

GOOD = (
    "the answer came {quickly} and solved it",
    "{name} was friendly and clear, thank you",
    "it works again after the first reply",
    "great help, I understood every step",
    "{name} called me back {quickly}, as promised",
    "solved {quickly}, I am very happy with that",
    "excellent service, {name} knew at once what to do",
    "thank you, that was easy",
    "I can only recommend how {name} took care of it",
    "it was fixed {quickly} and politely",
)
BAD = (
    "I had to explain the problem {times}",
    "it is still broken after {long}",
    "the reply did not match my question",
    "nobody called me back for {long}",
    "I am disappointed and asked for a refund",
    "{name} was rude and hung up on me",
    "I wrote {times} and got no useful answer",
    "waiting {long} for this is not acceptable",
    "the same mistake happened {times}",
    "I will cancel my contract if this goes on",
)
FAULTS = {
    "Router": (
        "the router loses its connection",
        "the wireless network is slow",
        "the router restarts by itself",
        "I cannot reach the settings of the router",
    ),
    "Phone": (
        "my phone does not ring",
        "calls break off after a minute",
        "the voice mailbox is full of old messages",
        "I could not keep my number",
    ),
    "Television": (
        "the picture freezes",
        "two channels are missing",
        "the recorder forgets what I set",
        "the remote control does nothing",
    ),
    "Billing": (
        "my invoice is too high",
        "I was charged twice",
        "the discount is missing from my bill",
        "my new address is not on the invoice",
    ),
}
WHEN = (
    "since Monday",
    "every evening",
    "after the update",
    "for a week now",
    "in the bedroom",
    "when it rains",
    "on both floors",
    "since we moved house",
    "at work",
    "on weekends",
)
WORDS = {
    "quickly": ("within an hour", "quickly", "the same day", "in ten minutes", "at once"),
    "name": ("your colleague", "the lady on the phone", "the young man", "your team", "he", "she"),
    "times": ("three times", "twice", "again and again", "four times", "to five people"),
    "long": ("a week", "ten days", "two hours", "a month", "half a day"),
}


def message(rng: np.random.Generator, product: str, is_pleased: bool) -> str:
    """Write what is wrong, and how the help with it was."""
    fault = f"{rng.choice(FAULTS[product])} {rng.choice(WHEN)}"
    told = [str(rng.choice(GOOD if is_pleased else BAD))]
    if rng.random() < 0.4:
        told.append(str(rng.choice(GOOD if is_pleased == (rng.random() < 0.8) else BAD)))
    words = {name: rng.choice(choices) for name, choices in WORDS.items()}
    sentences = [fault, *(part.format(**words) for part in told)]
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in sentences)


def write(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write one CSV in UTF-8 with Unix line ends."""
    with (SAMPLES / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def helpdesk(rows: int = 1800) -> None:
    """Support tickets: satisfaction falls with the wait, steeply past a day; words go with it."""
    rng = np.random.default_rng(20)
    start = datetime(2024, 1, 1, 8)
    lines = []
    for _ in range(rows):
        opened = start + timedelta(hours=int(rng.integers(0, 24 * 364)))
        channel = rng.choice(["mail", "phone", "chat", "web form"], p=[0.4, 0.25, 0.2, 0.15])
        product = rng.choice(["Router", "Phone", "Television", "Billing"])
        wait = float(rng.gamma(1.6, 9.0) * (0.4 if channel in ("phone", "chat") else 1.3))
        contacts = int(1 + rng.poisson(0.8))
        years = float(rng.gamma(2.0, 2.5))
        experience = rng.integers(1, 96)
        score = 1.7 - 0.03 * wait - (1.3 if wait > 24 else 0.0) - 0.55 * (contacts - 1)
        score += 0.9 if experience > 12 else 0.0
        score -= 0.7 if product == "Billing" else 0.0
        score += 0.5 if channel == "phone" else 0.0
        is_unknown = rng.random() < 0.06
        score -= 0.6 if is_unknown else 0.0
        tone = rng.normal()
        satisfied = rng.random() < 1 / (1 + np.exp(-(score + 1.8 * tone)))
        text = message(rng, str(product), bool(tone + rng.normal(0, 0.6) > 0))
        lines.append(
            (
                opened.strftime("%Y-%m-%d %H:%M"),
                channel,
                product,
                f"{wait:.1f}",
                contacts,
                "" if is_unknown else f"{years:.1f}",
                experience,
                text,
                "yes" if satisfied else "no",
            )
        )
    header = ("opened", "channel", "product", "wait_hours", "contacts", "customer_years",
              "agent_experience_months", "message", "satisfied")  # fmt: skip
    write("helpdesk_synthetic.csv", header, lines)


def bicycles() -> None:
    """Daily counts at a bicycle counter: warm helps until 26 degrees, rain and weekends do not."""
    rng = np.random.default_rng(7)
    first = datetime(2021, 1, 1)
    lines = []
    for day in range(4 * 365 + 1):
        date = first + timedelta(days=day)
        season = np.sin((day - 110) / 365.25 * 2 * np.pi)
        temperature = 11 + 10 * season + rng.normal(0, 3.5)
        rain = float(max(0.0, rng.gamma(0.5, 6.0) - 1.0))
        wind = float(rng.gamma(4.0, 3.2))
        school = date.month not in (7, 8)
        riders = 900 + 55 * min(temperature, 26) - 90 * max(temperature - 26, 0)
        riders -= 260 * (rain > 1) + 22 * rain + 12 * max(wind - 15, 0)
        riders -= 480 * (date.weekday() >= 5) - 130 * school
        riders += 0.25 * day + rng.normal(0, 130)
        is_unknown = rng.random() < 0.04
        lines.append(
            (
                date.strftime("%Y-%m-%d"),
                "" if is_unknown else f"{temperature:.1f}",
                f"{rain:.1f}",
                f"{wind:.1f}",
                "yes" if school else "no",
                max(0, round(riders)),
            )
        )
    write(
        "bicycles_synthetic.csv",
        ("date", "temperature_c", "rain_mm", "wind_kmh", "school_term", "riders"),
        lines,
    )


if __name__ == "__main__":
    helpdesk()
    bicycles()
