"""The things of this context as frozen values. Every period counts both of its ends (自……至……，含首尾)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from onedoor.kernel.actor import Act


class OrganKind(StrEnum):
    """机构类别."""

    GOVERNMENT = "government"  # 人民政府
    TOWNSHIP = "township"  # 乡镇人民政府
    DEPARTMENT = "department"  # 政府工作部门
    VERTICAL = "vertical"  # 垂直管理或双重管理部门
    INSTITUTION = "institution"  # 事业单位
    MASS = "mass"  # 群团组织
    LEADERSHIP = "leadership"  # 党委部门（挂牌）


class OrganLevel(StrEnum):
    """行使层级 (GB/T 39554)."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"


class SiteKind(StrEnum):
    """办事场所."""

    COUNTY_HALL = "county_hall"  # 县政务服务中心
    SUB_CENTRE = "sub_centre"  # 分中心
    TOWNSHIP_CENTRE = "township_centre"  # 乡镇为民服务中心
    VILLAGE_STATION = "village_station"  # 村（社区）便民服务站


class SiteStatus(StrEnum):
    """场所状态."""

    OPEN = "open"  # 已启用
    BUILDING = "building"  # 在建（未完工）
    PLANNED = "planned"  # 规划
    CLOSED = "closed"  # 停用


class SiteRole(StrEnum):
    """What may be done there. A village decides nothing (DOMAIN: 村不是行政权力实施主体)."""

    FULL = "full"  # 受理点：受理、出件
    RECEIPT = "receipt"  # 收件点：收件、转递
    AGENCY = "agency"  # 代办点：帮办代办


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first to the last day, both counted; ``last`` None = open."""

    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies inside."""
        return self.first <= day and (self.last is None or day <= self.last)


ALWAYS = Period(date.min)


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ (机关); ``code`` is its 统一社会信用代码 and its identity everywhere."""

    code: str
    name: str
    short_name: str
    kind: OrganKind
    level: OrganLevel
    area: str
    parent: str | None
    period: Period
    phone: str = ""
    address: str = ""
    reviewed_by: str = ""  # 行政复议机关


@dataclass(frozen=True, slots=True)
class Staff:
    """A person who works here. ``account`` is "account:<id>" once they can sign in; ``certificate``: 行政执法证号."""

    id: int
    job_number: str
    name: str
    organ: str
    period: Period
    account: str | None = None
    phone: str = ""
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A person on a post for a time."""

    id: int
    staff: int
    post: str
    period: Period
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Authorisation:
    """授权书 of a chief representative (首席代表): items × acts × period, by document number. ``items`` None = all."""

    id: int
    staff: int
    organ: str
    document_number: str
    acts: frozenset[Act]
    items: frozenset[str] | None
    period: Period
    issued_by: str
    revoked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """AB 岗: on this post, A and B stand in for each other."""

    id: int
    post: str
    staff_a: int
    staff_b: int
    period: Period


@dataclass(frozen=True, slots=True)
class Absence:
    """A declared absence."""

    id: int
    staff: int
    period: Period
    reason: str


@dataclass(frozen=True, slots=True)
class Device:
    """One kind of equipment at a site: how many are planned, how many are there."""

    name: str
    planned: int
    present: int


@dataclass(frozen=True, slots=True)
class SiteState:
    """What holds of a site during a period."""

    period: Period
    status: SiteStatus
    role: SiteRole
    address: str
    area_m2: Decimal | None
    opening_hours: str
    phone: str
    devices: tuple[Device, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """A place where people are served, with its state on the day that was asked about (None: nothing recorded)."""

    code: str
    name: str
    kind: SiteKind
    area: str
    organ: str | None
    parent: str | None
    state: SiteState | None
