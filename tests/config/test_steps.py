"""What an instance does before it serves."""

from django.core.management import get_commands

from onedoor.config import steps


def test_every_step_is_a_command_that_exists() -> None:
    named = {step[0] for step in (*steps.AS_OWNER, *steps.AS_APPLICATION, *steps.DEMO)}
    assert named - set(get_commands()) == set()


def test_rights_are_given_after_the_last_table_is_made() -> None:
    names = [step[0] for step in steps.AS_OWNER]
    assert names.index("migrate") < names.index("grants")
