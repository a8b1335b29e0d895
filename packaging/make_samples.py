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
    "The answer came quickly and solved it.",
    "Friendly and clear, thank you.",
    "Works again after the first reply.",
    "Great help, I understood every step.",
    "The agent called me back as promised.",
)
BAD = (
    "I had to explain the problem three times.",
    "Still broken after a week of waiting.",
    "The reply did not match my question.",
    "Nobody called me back.",
    "I am disappointed and asked for a refund.",
)
NEUTRAL = (
    "I wrote about my invoice.",
    "The app would not open after the update.",
    "My question was about changing the address.",
    "The printer lost its connection.",
    "I could not sign in on the new phone.",
)


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
        satisfied = rng.random() < 1 / (1 + np.exp(-(score + 0.8 * tone)))
        mood = GOOD if tone + rng.normal(0, 0.6) > 0 else BAD
        message = f"{rng.choice(NEUTRAL)} {rng.choice(mood)}"
        lines.append(
            (
                opened.strftime("%Y-%m-%d %H:%M"),
                channel,
                product,
                f"{wait:.1f}",
                contacts,
                "" if is_unknown else f"{years:.1f}",
                experience,
                message,
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
