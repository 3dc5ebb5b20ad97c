"""Code tables of a service item (GB/T 39046-2020 appendix A and the national access tables)."""

from enum import StrEnum


class ItemKind(StrEnum):
    """事项类型 (A.1): those that begin with an application, and the county's internal approvals."""

    PERMIT = "01"  # 行政许可
    BENEFIT = "05"  # 行政给付
    CONFIRMATION = "07"  # 行政确认
    REWARD = "08"  # 行政奖励
    RULING = "09"  # 行政裁决
    OTHER = "10"  # 其他行政权力
    INTERNAL = "11"  # 内部审批（本地扩展）
    SERVICE = "20"  # 公共服务


class ItemState(StrEnum):
    """事项状态."""

    IN_USE = "1"  # 在用
    PAUSED = "2"  # 暂停
    CANCELLED = "3"  # 取消


class Level(StrEnum):
    """行使层级 (A.2)."""

    NATIONAL = "1"
    PROVINCE = "2"
    CITY = "3"
    COUNTY = "4"
    TOWNSHIP = "5"
    VILLAGE = "6"
    GRADED = "7"  # 分级管理


class OrganKind(StrEnum):
    """实施主体性质 (A.3)."""

    STATUTORY = "1"  # 法定机关
    AUTHORISED = "2"  # 授权组织
    ENTRUSTED = "3"  # 受委托组织
    OTHER = "9"


class PowerSource(StrEnum):
    """权力来源."""

    OWN = "1"  # 法定本级行使
    HANDED_DOWN = "2"  # 上级下放
    AUTHORISED_ABOVE = "3"  # 上级授权
    AUTHORISED_PEER = "4"  # 同级授权
    ENTRUSTED_ABOVE = "5"  # 上级委托
    ENTRUSTED_PEER = "6"  # 同级委托


class Audience(StrEnum):
    """服务对象 (C0109; GB/T 39046 A.4 numbers the last two differently)."""

    PERSON = "1"  # 自然人
    COMPANY = "2"  # 企业法人
    INSTITUTION = "3"  # 事业法人
    ASSOCIATION = "4"  # 社会组织法人
    UNINCORPORATED = "5"  # 非法人企业
    ORGAN = "6"  # 行政机关
    OTHER = "9"  # 其他组织


class ProjectType(StrEnum):
    """办件类型 (A.6)."""

    ON_THE_SPOT = "1"  # 即办件
    PROMISED = "2"  # 承诺件
    OTHER = "9"


class HandleForm(StrEnum):
    """办理形式 (A.5)."""

    WINDOW = "1"  # 窗口办理
    WEB = "2"  # 电脑端网上办理
    MOBILE = "3"  # 移动端网上申请
    COURIER = "4"  # 快递申请
    OTHER = "9"


class Scope(StrEnum):
    """通办范围."""

    NATION = "1"
    PROVINCE = "2"
    CITY = "3"
    COUNTY = "4"
    TOWNSHIP = "5"
    VILLAGES = "6"  # 跨村（社区）


class OnlineDepth(StrEnum):
    """网上办理深度."""

    ADVICE = "1"  # 互联网咨询
    RECEIPT = "2"  # 收件
    PRE_REVIEW = "3"  # 预审
    ACCEPTANCE = "4"  # 受理
    HANDLING = "5"  # 办理
    RESULT = "6"  # 办理结果信息反馈
    OTHER = "9"


class Necessity(StrEnum):
    """材料必要性."""

    REQUIRED = "1"  # 必要
    OPTIONAL = "2"  # 非必要
    TOLERATED = "3"  # 容缺后补


class MaterialKind(StrEnum):
    """材料类型."""

    CERTIFICATE = "1"  # 证件证书证明
    FORM = "2"  # 申请表格文书
    OTHER = "3"


class MaterialForm(StrEnum):
    """材料形式."""

    PAPER = "1"
    ELECTRONIC = "2"
    EITHER = "3"


class Source(StrEnum):
    """来源渠道: what the applicant brings, and what is never asked because the platform fetches it."""

    APPLICANT = "applicant"  # 申请人自备
    LICENCE = "licence"  # 电子证照（免提交）
    SHARED = "shared"  # 部门共享（免提交）
    FORM = "form"  # 在线填表自动生成（免上传）
    OTHER = "other"  # 其他


class ResultKind(StrEnum):
    """审批结果类型."""

    LICENCE = "licence"  # 证照
    DOCUMENT = "document"  # 批文
    OTHER = "other"  # 其他
    NONE = "none"  # 无


class Delivery(StrEnum):
    """结果送达方式."""

    ONLINE = "online"  # 电子送达
    WINDOW = "window"  # 窗口领取
    COURIER = "courier"  # 邮寄
    ON_SITE = "on_site"  # 直接送达
