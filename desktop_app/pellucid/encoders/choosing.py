"""Which encoder to use, where the user may have said nothing."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from pellucid.core.run import Run
from pellucid.encoders.cooccurrence import fit_cooccurrence
from pellucid.encoders.folders import resolve
from pellucid.encoders.offline import offline_model
from pellucid.encoders.transformer import load_encoder
from pellucid.encoders.types import TextEncoder

NONE = "none"


def choose_encoder(
    wanted: str | None, token_lists: Sequence[Sequence[str]], run: Run, download: bool = False
) -> TextEncoder:
    """Return the encoder that is wanted, loaded or fitted.

    None: the model of the extra `offline` if it is installed, else words' company in
    `token_lists`. "none": the latter. Anything else is a folder or a hub id, which
    is downloaded only with `download`. Raises `UserError` for a model that cannot be used.
    """
    if wanted is None and find_spec("torch") and find_spec("transformers"):
        offline = offline_model()
        if offline is not None:
            return load_encoder(offline, run)
    if wanted is None or wanted == NONE:
        return fit_cooccurrence(token_lists, run, seed=run.seed)
    return load_encoder(resolve(wanted, run, download), run)
