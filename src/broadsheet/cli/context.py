"""What every command shares: where the data lives, and the settings."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # imported when needed: `--help` must not wait for them
    from broadsheet.config import Settings
    from broadsheet.store import Store


def default_data() -> Path:
    """The user's folder for application data, by the platform's custom."""
    import platformdirs

    return Path(platformdirs.user_data_dir("broadsheet", appauthor=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The global options of one call."""

    data: Path
    config_file: Path | None

    def settings(self) -> Settings:
        """The settings in force. Raises ConfigError."""
        from broadsheet.config import load
        from broadsheet.errors import ConfigError

        if self.config_file is not None and not self.config_file.exists():
            raise ConfigError(str(self.config_file), "does not exist", do="Name an existing settings file, or leave --config out.")
        return load(self.config_file or self.data / "config.toml", os.environ)

    def store(self) -> Store:
        """The store in the data folder, made if need be. Raises StoreError, and ConfigError before anything is touched."""
        from broadsheet.store import open_store
        from broadsheet.text.moments import utc_now

        self.settings()
        return open_store(self.data, now=utc_now)
