"""The officers who act in the stories: accounts of the sample staff, and who of them may do an act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from onedoor.access import commands as access
from onedoor.access import queries as accounts
from onedoor.access.commands import NewAccount
from onedoor.access.rules import APPLICANT_ACTS, Administrator, ClientTerms
from onedoor.cases.rules.tasks import target_of
from onedoor.cases.rules.values import Case
from onedoor.demo import data
from onedoor.demo.accounts import DemoAccount, password_from, secret_from
from onedoor.demo.people import Applicant
from onedoor.journal.queries import personal_key
from onedoor.kernel.actor import Act, Actor, Channel
from onedoor.kernel.errors import NotFound
from onedoor.orgs import queries as orgs
from onedoor.orgs.rules import Staff

CITIZEN_LEVEL = 2  # 实名核验


def open_accounts(people: Mapping[str, Applicant], *, by: Actor, at: datetime) -> tuple[DemoAccount, ...]:
    """Accounts for the three administrators, the sample staff and the citizens; one-time codes preset for staff."""
    key = personal_key()
    password = password_from(key)
    news = [*_administrators(), *(_officer(one) for one in _serving(at.date())), *map(_citizen, _with_account(people))]
    secrets = {new.username: secret_from(key, new.username) for new in news if new.kind == "staff"}
    access.open_sample_accounts(news, password=password, secrets=secrets, by=by, at=at)
    return described(people, on=at.date())


def described(people: Mapping[str, Applicant], *, on: date) -> tuple[DemoAccount, ...]:
    """What stands in the file of demo accounts, without the client system: it follows from the instance's own key."""
    key = personal_key()
    password = password_from(key)
    roles = {row["job_number"]: row["role"] for row in data.read("staff")["listed"]}
    order = list(roles)
    serving = sorted(_serving(on), key=lambda one: order.index(one.job_number) if one.job_number in roles else 999)
    found = [DemoAccount(one.account, one.name, one.head, password) for one in _faces(people)]
    for one in serving:
        name, role = one.job_number.lower(), roles.get(one.job_number, orgs.organ(one.organ).short_name)
        found.append(
            DemoAccount(name, one.name, role, password, secret_from(key, name), listed=one.job_number in roles)
        )
    for new in _administrators():
        found.append(DemoAccount(new.username, new.name, new.name, password, secret_from(key, new.username)))
    return tuple(found)


def _faces(people: Mapping[str, Applicant]) -> tuple[Applicant, ...]:
    """Those with an account; ``head`` says in words for whom each may apply."""
    found = []
    for one in _with_account(people):
        others = [other.name for other in people.values() if other.head == one.key]
        found.append(replace(one, head=f"群众，代表{'、'.join(others)}" if others else "群众"))
    return tuple(found)


def _with_account(people: Mapping[str, Applicant]) -> tuple[Applicant, ...]:
    return tuple(one for one in people.values() if one.account)


def _serving(on: date) -> tuple[Staff, ...]:
    """The sample staff of the organs that take part."""
    prefixes = frozenset(data.read("staff")["organs"])
    return tuple(one for one in orgs.staff_of(on=on) if one.job_number.rstrip("0123456789") in prefixes)


def _administrators() -> list[NewAccount]:
    return [NewAccount(role.value, role.label, kind="staff", administrator=role, sample=True) for role in Administrator]


def _officer(one: Staff) -> NewAccount:
    return NewAccount(one.job_number.lower(), one.name, kind="staff", staff_id=one.id, sample=True)


def _citizen(one: Applicant) -> NewAccount:
    phone = one.values["person.mobile"]
    return NewAccount(one.account, one.name, party=one.ref, phone=phone, real_name_level=CITIZEN_LEVEL, sample=True)


def admit_client(*, by: Actor, at: datetime) -> DemoAccount:
    """One other system that may apply for anybody and read the journal; its secret is shown this once."""
    told = data.read("staff")["client"]
    terms = ClientTerms(told["name"], "", APPLICANT_ACTS | {Act.READ_JOURNAL}, tuple(told["areas"]))
    given = access.admit_client(terms, by=by, at=at)
    return DemoAccount(given.client_id, told["name"], "系统接入", given.secret, listed=False, client=True)


@dataclass(slots=True)
class Cast:
    """Everybody who may act in a story, as actors on a day under the simulated clock."""

    refs: Mapping[str, str]  # username → "account:12"
    officers: Mapping[str, tuple[str, ...]]  # organ → usernames
    known: dict[tuple[str, int], Actor] = field(default_factory=dict)

    def actor(self, username: str, on: date, channel: Channel = Channel.WEB) -> Actor:
        """One person's own actor, with what posts, papers and mandates gave that year: 授权书 run by the year."""
        key = (username, on.year)
        if key not in self.known:
            found = accounts.actor_of(self.refs[username], channel=channel, on=on)
            self.known[key] = replace(found, simulated=True)
        return self.known[key]

    def officer(
        self, act: Act, case: Case, *, on: date, owner: str | None = None, posts: Iterable[str], but: Iterable[str] = ()
    ) -> Actor:
        """Whoever may do this act on this case: by order of posts, and if possible not one of ``but`` (回避)."""
        target = target_of(case, owner)
        near = [name for organ in sorted(target.organs) for name in self.officers.get(organ, ())]
        able = [a for a in (self.actor(name, on) for name in near) if a.may(act, target)]
        ranks = list(posts)
        if not able:
            raise NotFound(f"示例人员中没有人能对「{case.item_name}」做 {act}。")
        return min(able, key=lambda a: (a.ref in set(but), _rank(a, act, ranks), a.ref))


def _rank(actor: Actor, act: Act, posts: list[str]) -> int:
    kinds = {grant.post.rpartition(".")[2] for grant in actor.grants if act in grant.acts}
    return min((place for place, post in enumerate(posts) if post in kinds), default=len(posts))


def cast(people: Mapping[str, Applicant], *, by: Actor, on: date) -> Cast:
    """The cast of this instance."""
    officers: dict[str, tuple[str, ...]] = {}
    for one in _serving(on):
        officers[one.organ] = (*officers.get(one.organ, ()), one.job_number.lower())
    names = (*(name for own in officers.values() for name in own), *(one.account for one in _with_account(people)))
    return Cast({name: accounts.account_named(name, by=by).ref for name in names}, officers)
