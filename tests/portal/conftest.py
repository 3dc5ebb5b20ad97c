"""Citizens of a small county with browsers of their own, one published item, and the officers who work on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from tests.cases.conftest import catalogued
from tests.cases.world import AT, staff

from onedoor.access import commands as access
from onedoor.access.models import Account
from onedoor.access.rules import APPLICANT_ACTS, MandateKind, MandateTerms
from onedoor.cases import commands, queries
from onedoor.cases.rules.values import Outcome, Verdict
from onedoor.items import commands as items
from onedoor.items import queries as published
from onedoor.items.rules import ItemVersion, Material, synthetic
from onedoor.items.rules.codes import Source
from onedoor.kernel.actor import Act, Actor, system
from onedoor.kernel.clock import local_date
from onedoor.kernel.codes import make_id_number, make_uscc
from onedoor.registries import commands as registries
from onedoor.registries.rules import EntityFacts, EntityKind, PersonFacts

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
FACTS = {"business": "sales", "rented": "no"}
PLATFORM = system("tests")


def pdf(name: str = "布局图.pdf", *, words: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF + words, content_type="application/pdf")


@dataclass(frozen=True)
class Person:
    """Somebody with an account, and the browser they sit at."""

    party: str
    name: str
    id_number: str
    client: Client
    ref: str

    @property
    def actor(self) -> Actor:
        from onedoor.access.queries import actor_for
        from onedoor.kernel.actor import Channel

        return actor_for(Account.objects.get(pk=self.ref.partition(":")[2]), channel=Channel.WEB)


def person(name: str, *, sequence: int, **facts: str) -> Person:
    number, at = make_id_number("530524", date(1980, 3, 1), sequence), timezone.now()
    party = registries.register_person(number, facts=PersonFacts(name=name, **facts), by=PLATFORM, at=at)
    new = access.NewAccount(username=f"citizen{sequence}", name=name, party=party, sample=True)
    ref = access.open_account(new, by=PLATFORM, at=at)
    client = Client()
    client.force_login(Account.objects.get(pk=ref.partition(":")[2]))
    return Person(party, name, number, client, ref)


@dataclass(frozen=True)
class County:
    item: ItemVersion
    citizen: Person
    stranger: Person
    company: str
    clerk: Actor
    reviewer: Actor
    leader: Actor

    def begin(self, who: Person, applicant: str = "") -> str:
        """Start an application; the address of the draft."""
        answer = who.client.post(f"/apply/{self.item.code}/", {"applicant": applicant or who.party})
        assert answer.status_code == 302, answer.content.decode()
        return "/".join(answer["Location"].split("/")[:4]) + "/"

    def fill(self, who: Person, draft: str, **changes: object) -> str:
        """Answer page by page as a browser would; the address at which the form ends."""
        answer = who.client.get(draft)
        while "/page/" in answer["Location"]:
            address = answer["Location"]
            answer = who.client.post(address, self.sent(who, address, **changes))
            assert answer.status_code == 302, answer.content.decode()
            if answer["Location"] == address:
                continue
        return answer["Location"]

    def sent(self, who: Person, address: str, **changes: object) -> dict[str, Any]:
        """What a browser sends for one page: synthetic answers to the questions that it shows."""
        shown = who.client.get(address).context
        given: dict[str, Any] = {"version": shown["filling"].draft.version, "asked": shown["asked"]}
        for question in shown["questions"]:
            plain = FACTS.get(question.key) or synthetic.answer(question, today=AT.date(), area="530524101001")
            given |= raw(question.key, changes.get(question.key, plain))
        return given

    def upload(self, who: Person, draft: str, key: str = "layout", **files: SimpleUploadedFile) -> str:
        """Upload one file for a material; the id that the draft keeps."""
        address = f"{draft}materials/{key}/"
        version = who.client.get(address).context["filling"].draft.version
        sent = {"version": version, "upload": "1", key: files.get("file", pdf())}
        answer = who.client.post(address, sent)
        assert answer.status_code == 302, answer.content.decode()
        return str(who.client.get(address).context["files"][-1].remove)

    def submit(self, who: Person | None = None) -> str:
        """Apply from the first page to the receipt; the number of the case."""
        citizen = who or self.citizen
        draft = self.begin(citizen)
        self.fill(citizen, draft)
        self.upload(citizen, draft)
        answer = citizen.client.post(f"{draft}check/")
        assert answer.status_code == 302, answer.content.decode()
        return str(citizen.client.get(answer["Location"]).context["receipt"].number)

    def decide(self, number: str, outcome: Outcome = Outcome.GRANTED) -> None:
        """The officers' part, to the end."""
        at = timezone.now()
        commands.accept(number, by=self.clerk, at=at)
        while steps := [row.task for row in queries.inbox(by=self.reviewer) if row.number == number]:
            commands.complete_step(
                number, by=self.reviewer, at=at, step=steps[0], verdict=Verdict.PASSED, opinion="符合",
                officers=("甲", "乙"),
            )  # fmt: skip
        reasons = "符合条件" if outcome is Outcome.GRANTED else "操作间不符合要求"
        commands.decide(number, by=self.leader, at=at, outcome=outcome, reasons=reasons, article="第三十五条")
        commands.make_result(number, at=at)


def raw(key: str, value: object) -> Mapping[str, Any]:
    """One answer as a form sends it."""
    if isinstance(value, bool):
        return {key: "yes" if value else "no"}
    return {key: value}


def offered(material: Material) -> Material:
    """Materials with nothing to fetch in a test stay as the catalogue has them."""
    return (
        material if material.key in {"application", "layout", "premises"} else replace(material, source=Source.SHARED)
    )


def settle(at: datetime = AT) -> County:
    call_command("areas", "load")
    item = catalogued("食品经营许可")
    bare = replace(item, materials=tuple(offered(material) for material in item.materials))
    items.publish([bare], by=PLATFORM, at=at)
    published.forget()
    version = published.published(item.code)
    zhang = person("张三", sequence=1, phone="13800000001", area="530524101001", address="田园镇一号")
    facts = EntityFacts(name="老街米线店", kind=EntityKind.SOLE_TRADER, legal_representative=zhang.party)
    uscc = make_uscc("92530524", "MA6K0001")
    company = registries.register_entity(uscc, facts=facts, by=PLATFORM, at=timezone.now())
    return County(
        item=version,
        citizen=zhang,
        stranger=person("李四", sequence=2),
        company=company,
        clerk=staff("收件员", version.organ, Act.ACCEPT, Act.NOTIFY, Act.REFUSE),
        reviewer=staff("审查员", version.organ, Act.REVIEW, Act.SUSPEND),
        leader=staff("局长", version.organ, Act.DECIDE, Act.EXTEND),
    )


@pytest.fixture
def county(db: None, settings: LazySettings) -> Iterator[County]:
    """Everything at once."""
    settings.DEMO = True
    yield settle()
    published.forget()


def today() -> date:
    return local_date(timezone.now())


def mandate_terms(county: County) -> str:
    """李四 may act for 张三 for a month; the reference of the mandate."""
    terms = MandateTerms(
        kind=MandateKind.DELEGATION,
        principal=county.citizen.party,
        agent=county.stranger.party,
        acts=APPLICANT_ACTS,
        valid_from=today(),
        valid_to=today() + timedelta(days=30),
    )
    return access.grant_mandate(terms, by=county.citizen.actor, at=timezone.now())
