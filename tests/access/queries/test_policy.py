"""The sign-in policy is data: shipped, and replaced by the instance's own file."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings

from onedoor.access.queries import policy


def test_the_shipped_policy_is_what_assessment_practice_expects(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA = tmp_path
    rules = policy(date(2026, 3, 2))
    assert (rules.tries, rules.lock_minutes, rules.staff_idle_minutes) == (5, 30, 30)
    assert (rules.query_tries, rules.query_tries_of_address, rules.query_idle_minutes) == (5, 100, 15)
    assert (rules.password_length, rules.password_classes) == (8, 3)
    assert "GB/T 22239" in rules.basis


def test_an_instance_may_bring_its_own_and_change_it_while_running(tmp_path: Path, settings: LazySettings) -> None:
    import os

    from onedoor.access.queries.policy import SHIPPED

    settings.DATA = tmp_path
    own = tmp_path / "signin.toml"
    own.write_text(SHIPPED.read_text().replace("tries = 5", "tries = 3"))
    assert policy(date(2026, 3, 2)).tries == 3
    own.write_text(SHIPPED.read_text().replace("tries = 5", "tries = 4"))
    os.utime(own, (1, 1))
    assert policy(date(2026, 3, 2)).tries == 4


def test_a_broken_file_is_an_error_not_a_default(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA = tmp_path
    (tmp_path / "signin.toml").write_text("[[policy]]\ntries = 99\n")
    with pytest.raises(TypeError):
        policy(date(2026, 3, 2))
