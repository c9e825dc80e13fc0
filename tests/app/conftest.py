"""What the tests of the app share."""

from pathlib import Path

import pytest

from sandbox.design.presets import preset


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two designs, one broken file, and a folder with a design."""
    (tmp_path / "api.toml").write_text(preset("serverless-api").text)
    (tmp_path / "queue.toml").write_text(preset("queue-worker").text)
    (tmp_path / "wrong.toml").write_text('schema = 1\n[nodes.a]\nservice = "sqss"\n')
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "queue.toml").write_text(preset("queue-worker").text)
    return tmp_path
