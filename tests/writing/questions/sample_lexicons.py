"""The words of the sample files, as the engine gathers them."""

from __future__ import annotations

from functools import cache

from pellucid.writing.questions.lexicon import KnownColumn, Lexicon


@cache
def lexicon(name: str) -> Lexicon:
    """Return the words of a sample: its columns, and their levels by falling frequency."""
    return {"penguins": PENGUINS, "bicycles": BICYCLES, "helpdesk": HELPDESK}[name]


PENGUINS = Lexicon(
    (
        KnownColumn("species", "category", ("Adelie", "Gentoo", "Chinstrap")),
        KnownColumn("island", "category", ("Biscoe", "Dream", "Torgersen")),
        KnownColumn("sex", "category", ("male", "female")),
        KnownColumn("bill_length_mm", "number"),
        KnownColumn("bill_depth_mm", "number"),
        KnownColumn("flipper_length_mm", "number"),
        KnownColumn("body_mass_g", "number"),
        KnownColumn("year", "number"),
    ),
    "species",
    "penguins.csv",
)
BICYCLES = Lexicon(
    (
        KnownColumn("date", "datetime"),
        KnownColumn("temperature_c", "number"),
        KnownColumn("rain_mm", "number"),
        KnownColumn("wind_kmh", "number"),
        KnownColumn("school_term", "boolean", ("yes", "no")),
        KnownColumn("riders", "number"),
    ),
    "riders",
    "bicycles_synthetic.csv",
)
HELPDESK = Lexicon(
    (
        KnownColumn("opened", "datetime"),
        KnownColumn("channel", "category", ("mail", "phone", "chat", "web form")),
        KnownColumn("product", "category", ("Router", "Billing", "Television", "Phone")),
        KnownColumn("wait_hours", "number"),
        KnownColumn("contacts", "number"),
        KnownColumn("customer_years", "number"),
        KnownColumn("agent_experience_months", "number"),
        KnownColumn("message", "text"),
        KnownColumn("satisfied", "boolean", ("yes", "no")),
    ),
    "satisfied",
    "helpdesk_synthetic.csv",
)
