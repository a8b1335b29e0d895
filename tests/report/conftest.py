"""Whole reports from results made by hand."""

from __future__ import annotations

import pytest
import report_samples as samples

from pellucid.report.build import build_report
from pellucid.report.document import Report


@pytest.fixture(scope="session")
def report() -> Report:
    """Return a report with a model, and with names that try to break it."""
    return build_report(
        samples.make_source(f"{samples.HOSTILE.replace('/', '')}.csv"),
        samples.make_profile(),
        samples.make_words(),
        samples.make_summary(),
        samples.make_explanation(),
    )
