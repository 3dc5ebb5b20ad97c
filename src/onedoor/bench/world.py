"""The world of ``bench submit``: ``python -m onedoor.bench.world`` fills a fresh instance and prints what is there.

One published item of ten validated fields, one admitted system, so many persons. Through the commands of the contexts,
like everything else; refused where the journal already holds facts of people.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

PERSONS = 64
AREA = "530524101001"
ITEM = Path(__file__).parent / "data" / "submit.yaml"


@dataclass(frozen=True, slots=True)
class World:
    """What the load generator needs to know."""

    client_id: str
    secret: str
    scope: str
    item: str
    bodies: tuple[str, ...]  # one complete application a person


def main() -> None:
    """Make it and print it."""
    import django

    django.setup()
    from django.utils import timezone

    sys.stdout.write(json.dumps(asdict(found(at=timezone.now()))))


def found(*, at: datetime, persons: int = PERSONS) -> World:
    """Publish, admit, register. Refused in an instance that is already in use."""
    from onedoor.access import commands as access
    from onedoor.access.rules.clients import ClientTerms
    from onedoor.items import queries as catalogue
    from onedoor.kernel.actor import Act, system
    from onedoor.kernel.errors import Refused

    catalogue.forget()
    if catalogue.catalogue():
        raise Refused("in_use", "这个实例已经在用，不能放进性能测试的数据。")
    by = system("bench")
    code, bodies = furnished(at=at, persons=persons)
    acts = frozenset({Act.VIEW, Act.SUBMIT})
    terms = ClientTerms("性能测试", "", acts, ("530524",))
    admitted = access.admit_client(terms, by=by, at=at)
    return World(admitted.client_id, admitted.secret, " ".join(sorted(acts)), code, bodies)


def furnished(*, at: datetime, persons: int = PERSONS) -> tuple[str, tuple[str, ...]]:
    """Publish the item and register people, whatever else is there: its code, and one complete application a person."""
    from onedoor.items import commands as items
    from onedoor.kernel.actor import system

    (made,) = items.import_folder(ITEM, by=system("bench"), at=at)
    return made.code, tuple(_body(made.code, number, at=at) for number in range(1, persons + 1))


def _body(code: str, number: int, *, at: datetime) -> str:
    from onedoor.items import queries as catalogue
    from onedoor.items.rules import synthetic
    from onedoor.kernel.actor import system
    from onedoor.kernel.clock import local_date
    from onedoor.kernel.codes import make_id_number
    from onedoor.registries import commands as registries
    from onedoor.registries.rules import PersonFacts

    name = f"示例{'甲乙丙丁戊己庚辛壬癸'[number % 10]}"
    id_number = make_id_number("530524", date(1980, 3, 1), number)
    facts = PersonFacts(name=name, area=AREA)
    person = registries.register_person(id_number, facts=facts, by=system("bench"), at=at)
    form = catalogue.published(code).form
    answers = synthetic.answers(form, facts={}, today=local_date(at), area=AREA)
    application = {"item": code, "applicant": person, "answers": answers | {"name": name, "id_number": id_number}}
    return json.dumps(application, ensure_ascii=False)


if __name__ == "__main__":
    main()
