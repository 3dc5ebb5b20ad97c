"""The file of demo accounts and the codes it gives."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from onedoor.demo import accounts
from onedoor.kernel.errors import NotFound

BOSS = accounts.DemoAccount("boss", "张三", "安全管理员", "Changning-2026", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
LIHUA = accounts.DemoAccount("lihua", "李华", "个人", "Changning-2026")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: LazySettings) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def test_what_was_saved_is_read_back() -> None:
    accounts.save([BOSS, LIHUA])
    assert accounts.load() == (BOSS, LIHUA)


def test_the_file_is_for_its_owner_alone(folder: Path) -> None:
    (folder / "demo-accounts.json").write_text("[]")
    (folder / "demo-accounts.json").chmod(0o644)
    accounts.save([BOSS])
    assert stat.S_IMODE((folder / "demo-accounts.json").stat().st_mode) == 0o600


def test_secrets_do_not_show_in_logs() -> None:
    assert BOSS.secret not in repr(BOSS)
    assert BOSS.password not in repr(BOSS)


def test_the_table_shows_who_may_sign_in_and_how() -> None:
    shown = accounts.table((BOSS, LIHUA), at=datetime.fromtimestamp(59, UTC), command="onedoor", data="data")
    assert "287082" in shown
    assert "不需要" in shown
    assert BOSS.secret not in shown


def test_the_table_names_the_command_as_it_is_typed_there() -> None:
    shown = accounts.table((BOSS,), at=datetime.fromtimestamp(59, UTC), command=".venv/bin/onedoor", data="data")
    assert ".venv/bin/onedoor demo code 用户名 --data data" in shown


def test_passwords_and_codes_follow_from_the_key_of_the_instance() -> None:
    one, other = b"1" * 32, b"2" * 32
    assert accounts.password_from(one) == accounts.password_from(one) != accounts.password_from(other)
    assert accounts.secret_from(one, "a") != accounts.secret_from(one, "b")


def test_the_code_is_that_of_the_authenticator() -> None:
    accounts.save([BOSS])
    assert accounts.code("Boss", at=datetime.fromtimestamp(59, UTC)) == "287082"


@pytest.mark.parametrize("name", ["nobody", "lihua"])
def test_without_a_second_factor_there_is_no_code(name: str) -> None:
    accounts.save([BOSS, LIHUA])
    with pytest.raises(NotFound, match=name):
        accounts.code(name, at=datetime.now(UTC))


def test_a_real_instance_has_no_demo_accounts() -> None:
    with pytest.raises(CommandError, match="没有示例账号"):
        call_command("demo", "code", "boss")


def test_the_command_prints_the_code_alone(capsys: pytest.CaptureFixture[str]) -> None:
    accounts.save([BOSS])
    call_command("demo", "code", "boss")
    assert capsys.readouterr().out.strip().isdecimal()
