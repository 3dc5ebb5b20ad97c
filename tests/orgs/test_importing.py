"""The sample county's files, and what a faulty file is told."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.orgs.conftest import BY, NOW

from onedoor.areas import queries as areas
from onedoor.journal.queries import stream
from onedoor.kernel.actor import Act, Target
from onedoor.kernel.codes import is_valid_uscc
from onedoor.kernel.errors import Invalid
from onedoor.orgs import commands, models, queries
from onedoor.orgs.rules import OrganKind, SiteKind, SiteRole, SiteStatus

DAY = date(2026, 3, 2)
NAMED = (
    "县政务服务局 县公安局 县住建局 县市场监管局 县税务局 县自然资源局 县卫健局 县民政局 县人社局 县医保局 县水务局 "
    "县林草局 县交通运输局 县农业农村局 县应急管理局 县消防救援大队 县残联 县档案馆 县发改局 县教体局 "
    "生态环境局昌宁分局 县文旅局 县退役军人局 县司法局 县财政局 县烟草局 县政府"
)


@pytest.fixture
def sample(divisions: None) -> None:
    commands.import_folder(by=BY, at=NOW)
    commands.import_file(commands.DATA / "sample" / "staff.yaml", by=BY, at=NOW)


@pytest.mark.usefixtures("sample")
def test_a_certificate_is_registered_with_the_person_and_anew_where_the_file_says_another(tmp_path: Path) -> None:
    held = queries.staff_by_job_number("SCJG03")
    assert held.certificate == "示例-SCJG03"
    file = tmp_path / "staff.yaml"
    line = f"{{job_number: SCJG03, name: {held.name}, certificate: 示例-2, organ: {held.organ}, from: 2020-01-01}}"
    file.write_text(f"staff:\n  - {line}\n", "utf-8")
    for _ in range(2):
        commands.import_file(file, by=BY, at=NOW)
    assert queries.staff_by_job_number("SCJG03").certificate == "示例-2"
    kinds = [entry.kind for entry in stream("staff:SCJG03")]
    assert kinds.count("certificate_registered") == 1


@pytest.mark.usefixtures("sample")
def test_the_sample_county() -> None:
    organs = queries.organs(DAY)
    assert {o.short_name for o in organs} >= set(NAMED.split())
    assert sum(o.kind is OrganKind.TOWNSHIP for o in organs) == 13
    assert all(is_valid_uscc(o.code) and o.code[2:8] == "530524" and o.reviewed_by for o in organs)
    assert all(o.phone.startswith("0875-") for o in organs)
    tax = next(o for o in organs if o.short_name == "县税务局")
    assert tax.reviewed_by == "国家税务总局保山市税务局"

    sites = queries.sites(DAY)
    assert Counter(s.kind for s in sites) == {
        SiteKind.COUNTY_HALL: 1,
        SiteKind.SUB_CENTRE: 4,
        SiteKind.TOWNSHIP_CENTRE: 13,
        SiteKind.VILLAGE_STATION: 124,
    }
    hall = queries.site("hall", DAY).state
    assert hall is not None
    assert hall.area_m2 == 1100
    unfinished = [s.name[:2] for s in sites if s.state and s.state.status is SiteStatus.BUILDING]
    assert unfinished == ["翁堵", "更戛", "耈街"]
    villages = [s.state for s in queries.sites(DAY, kind=SiteKind.VILLAGE_STATION)]
    assert all(state is not None and state.role is not SiteRole.FULL for state in villages)

    again = commands.import_folder(by=BY, at=NOW)
    people = commands.import_file(commands.DATA / "sample" / "staff.yaml", by=BY, at=NOW)
    assert (again.total, people.total) == (0, 0)


@pytest.mark.usefixtures("sample")
def test_sample_people_decide_only_for_their_own_organ_and_township() -> None:
    market = next(o for o in queries.organs(DAY) if o.short_name == "县市场监管局")
    target = Target(frozenset({market.code}), "530524101001")
    deciders = {s.job_number for s in queries.officers(Act.DECIDE, target, DAY)}
    assert {"SCJG01", "SCJG02", "SCJG06"} <= deciders
    assert {s[:3] for s in deciders} == {"SCJ", "XZF"}
    assert {s.job_number for s in queries.officers(Act.EXTEND, target, DAY)} == {"SCJG01", "XZF01", "XZF02"}
    town = queries.staff_by_job_number("TYZ01")
    elsewhere = Target(frozenset({town.organ}), "530524102000")
    here = Target(frozenset({town.organ}), "530524101201")
    may = [
        any(g.area and t.area.startswith(g.area) for g in queries.grants_of(town.id, DAY)) for t in (here, elsewhere)
    ]
    assert may == [True, False]


@pytest.mark.usefixtures("sample")
def test_every_place_below_the_county_has_its_township_government() -> None:
    found = {queries.township_government(town.code) for town in areas.divisions(4)}
    assert None not in found
    assert len(found) == 13
    village = queries.township_government("530524208212")
    assert village is not None
    assert queries.organ(village).name == "耈街彝族苗族乡人民政府"
    assert queries.township_government("530524000000") is None
    with CaptureQueriesContext(connection) as asked:
        queries.township_government("530524208212")
        queries.organs(DAY)
    assert len(asked) == 0


@pytest.mark.usefixtures("sample")
def test_what_a_person_may_do_costs_few_statements() -> None:
    person = queries.staff_by_job_number("SCJG04")
    with CaptureQueriesContext(connection) as asked:
        queries.grants_of(person.id, DAY)
    assert len(asked) == 2


FAULTY = """\
organs:
  - code: 11530524015240023X
    key: m
    name: 某局
    short_name: 某局
    kind: ministry
    level: county
    area: "530524999000"
    from: yesterday
    phone: 无
    colour: red
    posts:
      - {code: a, name: 甲, kind: window, acts: [extend]}
      - {code: a, name: 乙, kind: window, acts: [fly]}
sites:
  - code: s1
    name: 某站
    kind: village_station
    area: "530524101001"
    organ: 11530524015240031P
    states:
      - {from: 2020-01-01, status: open, role: full, area_m2: 很大, devices: {高拍仪: 3}}
"""


@pytest.mark.usefixtures("divisions")
def test_a_faulty_file_names_file_line_field_and_rule_of_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "county.yaml"
    path.write_text(FAULTY, "utf-8")
    with pytest.raises(Invalid) as caught:
        commands.import_file(path, by=BY, at=NOW)
    places = {error.field for error in caught.value.errors}
    assert places >= {
        "county.yaml:2:code",
        "county.yaml:6:kind",
        "county.yaml:8:area",
        "county.yaml:9:from",
        "county.yaml:10:phone",
        "county.yaml:11:colour",
        "county.yaml:13:acts",
        "county.yaml:14:acts",
        "county.yaml:14:code",
        "county.yaml:20:organ",
        "county.yaml:22:role",
        "county.yaml:22:area_m2",
        "county.yaml:22:高拍仪",
    }
    assert any("校验位" in error.message and "第 2 行" in error.message for error in caught.value.errors)
    assert not models.Organ.objects.exists()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("organs: [", "YAML"),
        ("- a\n- b\n", "最外层"),
        ("organs: 5\n", "应为列表"),
        ("posts:\n  - 5\n", "键: 值"),
        ("x: 1\n", "拼写"),
    ],
)
@pytest.mark.usefixtures("divisions")
def test_broken_files_say_what_is_wrong(tmp_path: Path, text: str, rule: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(CommandError, match=rule):
        call_command("orgs", "load", str(path))


@pytest.mark.usefixtures("divisions")
def test_missing_and_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"没有 \.yaml"):
        call_command("orgs", "load", str(tmp_path))
    (tmp_path / "x.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("orgs", "load", str(tmp_path / "x.yaml"))


@pytest.mark.usefixtures("sample")
def test_a_later_file_alters_what_differs_and_adds_what_is_new(tmp_path: Path) -> None:
    old = queries.site("hall", DAY)
    organ = queries.organ(old.organ or "")
    path = tmp_path / "later.yaml"
    path.write_text(
        f"""\
organs:
  - {{code: {organ.code}, key: zwfw, name: 昌宁县行政审批局, short_name: 县审批局, kind: department, level: county,
     area: "530524000000", parent: {organ.parent}, from: {organ.period.first}, phone: {organ.phone},
     address: {organ.address}, reviewed_by: {organ.reviewed_by}, posts: [{{code: guide, name: 导办岗, kind: window}}]}}
sites:
  - code: hall
    name: {old.name}
    kind: county_hall
    area: "530524000000"
    organ: {organ.code}
    states: [{{from: 2026-03-01, status: closed, role: full, note: 搬迁}}]
staff:
  - {{job_number: ZWFW11, name: 甲, organ: {organ.code}, from: 2020-01-01, posts: [zwfw.guide]}}
""",
        "utf-8",
    )
    done = commands.import_file(path, by=BY, at=NOW)
    assert done.facts == {"organ_named": 1, "post_created": 1, "site_state_recorded": 1, "staff_appointed": 1}
    assert queries.organ(organ.code).name == "昌宁县行政审批局"
    before, after = queries.site("hall", date(2026, 2, 28)).state, queries.site("hall", DAY).state
    assert before is not None
    assert after is not None
    assert (before.status, after.status) == (SiteStatus.OPEN, SiteStatus.CLOSED)
    assert [s.job_number for s in queries.holders("zwfw.guide", DAY)] == ["ZWFW11"]


@pytest.mark.usefixtures("sample")
def test_a_post_for_one_village_reaches_no_further_and_none_reaches_out_of_its_organs_area(tmp_path: Path) -> None:
    post = next(post for post in queries.posts("11530524015241026D", DAY) if post.code == "msz.minghua")
    assert (post.area, post.acts) == ("530524102203", {Act.VIEW, Act.RECEIVE})
    path = tmp_path / "outside.yaml"
    path.write_text(
        'posts:\n  - {code: x, name: 代办岗, kind: window, organ: 11530524015241026D, area: "530524101206",'
        " from: 2020-01-01}\n",
        "utf-8",
    )
    with pytest.raises(Invalid, match="不是这个机关所管的区划"):
        commands.import_file(path, by=BY, at=NOW)


@pytest.mark.usefixtures("sample")
def test_a_conflict_with_what_is_held_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "conflict.yaml"
    path.write_text(
        "posts:\n  - {code: other, name: 县领导岗, kind: window, organ: 115305240152400152, from: 2020-01-01}\n",
        "utf-8",
    )
    with pytest.raises(Invalid, match="冲突"):
        commands.import_file(path, by=BY, at=NOW)
    assert not models.Post.objects.filter(code="other").exists()


@pytest.mark.usefixtures("sample")
def test_rows_of_people_carry_the_number_of_their_last_fact() -> None:
    for job_number in ("ZWFW11", "SCJG06", "TYZ02"):
        facts = stream(f"staff:{job_number}")
        assert [f.seq for f in facts] == list(range(1, len(facts) + 1))
        assert models.Staff.objects.get(job_number=job_number).version == len(facts)
    assert models.Site.objects.get(code="hall").version == len(stream("site:hall"))
