"""Where the app keeps what outlives it, by the customs of the platform; the environment may say otherwise."""

import os
from pathlib import Path

from platformdirs import user_config_path, user_state_path

NAME = "serverless-sandbox"


def config_path() -> Path:
    """The file a person configures the app in; it need not be there. SANDBOX_CONFIG overrides it."""
    return _given("SANDBOX_CONFIG") or user_config_path(NAME, appauthor=False) / "config.toml"


def price_book_path() -> Path:
    """The file of a person's own prices; it need not be there. SANDBOX_PRICES overrides it."""
    return _given("SANDBOX_PRICES") or config_path().with_name("prices.toml")


def state_folder() -> Path:
    """The folder of what the app remembers by itself; it need not be there. SANDBOX_STATE overrides it."""
    return _given("SANDBOX_STATE") or user_state_path(NAME, appauthor=False)


def _given(variable: str) -> Path | None:
    value = os.environ.get(variable)
    return Path(value).expanduser() if value else None
