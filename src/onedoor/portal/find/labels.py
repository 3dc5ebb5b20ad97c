"""The words for the codes of an item (GB/T 39046-2020 appendix A), as a citizen reads them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy

from onedoor.items.rules import codes as c
from onedoor.kernel.clock import Limit, StartEvent

KINDS: Final = {
    c.ItemKind.PERMIT: gettext_lazy("行政许可"),
    c.ItemKind.BENEFIT: gettext_lazy("行政给付"),
    c.ItemKind.CONFIRMATION: gettext_lazy("行政确认"),
    c.ItemKind.REWARD: gettext_lazy("行政奖励"),
    c.ItemKind.RULING: gettext_lazy("行政裁决"),
    c.ItemKind.OTHER: gettext_lazy("其他行政权力"),
    c.ItemKind.INTERNAL: gettext_lazy("内部审批"),
    c.ItemKind.SERVICE: gettext_lazy("公共服务"),
}
LEVELS: Final = {
    c.Level.NATIONAL: gettext_lazy("国家级"),
    c.Level.PROVINCE: gettext_lazy("省级"),
    c.Level.CITY: gettext_lazy("市级"),
    c.Level.COUNTY: gettext_lazy("县级"),
    c.Level.TOWNSHIP: gettext_lazy("乡级"),
    c.Level.VILLAGE: gettext_lazy("村级"),
    c.Level.GRADED: gettext_lazy("分级管理"),
}
ORGAN_KINDS: Final = {
    c.OrganKind.STATUTORY: gettext_lazy("法定机关"),
    c.OrganKind.AUTHORISED: gettext_lazy("授权组织"),
    c.OrganKind.ENTRUSTED: gettext_lazy("受委托组织"),
    c.OrganKind.OTHER: gettext_lazy("其他"),
}
POWER_SOURCES: Final = {
    c.PowerSource.OWN: gettext_lazy("法定本级行使"),
    c.PowerSource.HANDED_DOWN: gettext_lazy("上级下放"),
    c.PowerSource.AUTHORISED_ABOVE: gettext_lazy("上级授权"),
    c.PowerSource.AUTHORISED_PEER: gettext_lazy("同级授权"),
    c.PowerSource.ENTRUSTED_ABOVE: gettext_lazy("上级委托"),
    c.PowerSource.ENTRUSTED_PEER: gettext_lazy("同级委托"),
}
AUDIENCES: Final = {
    c.Audience.PERSON: gettext_lazy("个人"),
    c.Audience.COMPANY: gettext_lazy("企业法人"),
    c.Audience.INSTITUTION: gettext_lazy("事业法人"),
    c.Audience.ASSOCIATION: gettext_lazy("社会组织法人"),
    c.Audience.UNINCORPORATED: gettext_lazy("非法人企业"),
    c.Audience.ORGAN: gettext_lazy("行政机关"),
    c.Audience.OTHER: gettext_lazy("其他组织"),
}
PROJECT_TYPES: Final = {
    c.ProjectType.ON_THE_SPOT: gettext_lazy("即办件"),
    c.ProjectType.PROMISED: gettext_lazy("承诺件"),
    c.ProjectType.OTHER: gettext_lazy("其他"),
}
HANDLE_FORMS: Final = {
    c.HandleForm.WINDOW: gettext_lazy("窗口办理"),
    c.HandleForm.WEB: gettext_lazy("网上办理"),
    c.HandleForm.MOBILE: gettext_lazy("手机办理"),
    c.HandleForm.COURIER: gettext_lazy("快递申请"),
    c.HandleForm.OTHER: gettext_lazy("其他"),
}
SCOPES: Final = {
    c.Scope.NATION: gettext_lazy("全国通办"),
    c.Scope.PROVINCE: gettext_lazy("全省通办"),
    c.Scope.CITY: gettext_lazy("全市通办"),
    c.Scope.COUNTY: gettext_lazy("全县通办"),
    c.Scope.TOWNSHIP: gettext_lazy("乡镇内通办"),
    c.Scope.VILLAGES: gettext_lazy("跨村（社区）通办"),
}
DEPTHS: Final = {
    c.OnlineDepth.ADVICE: gettext_lazy("网上咨询"),
    c.OnlineDepth.RECEIPT: gettext_lazy("网上收件"),
    c.OnlineDepth.PRE_REVIEW: gettext_lazy("网上预审"),
    c.OnlineDepth.ACCEPTANCE: gettext_lazy("网上受理"),
    c.OnlineDepth.HANDLING: gettext_lazy("网上办理"),
    c.OnlineDepth.RESULT: gettext_lazy("网上取结果"),
    c.OnlineDepth.OTHER: gettext_lazy("其他"),
}
SOURCES: Final = {
    c.Source.APPLICANT: gettext_lazy("自行提交"),
    c.Source.LICENCE: gettext_lazy("电子证照（免提交）"),
    c.Source.SHARED: gettext_lazy("部门共享（免提交）"),
    c.Source.FORM: gettext_lazy("在线填表自动生成"),
    c.Source.OTHER: gettext_lazy("其他来源"),
}
MATERIAL_KINDS: Final = {
    c.MaterialKind.CERTIFICATE: gettext_lazy("证件证书证明"),
    c.MaterialKind.FORM: gettext_lazy("申请表格文书"),
    c.MaterialKind.OTHER: gettext_lazy("其他"),
}
MATERIAL_FORMS: Final = {
    c.MaterialForm.PAPER: gettext_lazy("纸质"),
    c.MaterialForm.ELECTRONIC: gettext_lazy("电子"),
    c.MaterialForm.EITHER: gettext_lazy("纸质或电子"),
}
RESULT_KINDS: Final = {
    c.ResultKind.LICENCE: gettext_lazy("证照"),
    c.ResultKind.DOCUMENT: gettext_lazy("批文"),
    c.ResultKind.OTHER: gettext_lazy("其他"),
    c.ResultKind.NONE: gettext_lazy("无"),
}
DELIVERIES: Final = {
    c.Delivery.ONLINE: gettext_lazy("电子送达（网上下载）"),
    c.Delivery.WINDOW: gettext_lazy("窗口领取"),
    c.Delivery.COURIER: gettext_lazy("邮寄"),
    c.Delivery.ON_SITE: gettext_lazy("直接送达"),
}
STARTS: Final = {
    StartEvent.RECEIVED: gettext_lazy("自收到申请之日起，当天不算"),
    StartEvent.ACCEPTED: gettext_lazy("自受理之日起，当天不算"),
    StartEvent.COMPLETE: gettext_lazy("自收到全部有效文件之日起，当天不算"),
    StartEvent.DECIDED: gettext_lazy("自作出决定之日起，当天不算"),
}
PARTS: Final = {  # the fields of an item, as people call the parts of its guide
    "name": gettext_lazy("名称"),
    "summary": gettext_lazy("说明"),
    "basis": gettext_lazy("依据"),
    "clock": gettext_lazy("办理期限"),
    "project_type": gettext_lazy("办理期限"),
    "limit_notes": gettext_lazy("办理期限"),
    "conditions": gettext_lazy("办理条件"),
    "prohibited": gettext_lazy("办理条件"),
    "quantity_limit": gettext_lazy("数量限制"),
    "materials": gettext_lazy("材料"),
    "situations": gettext_lazy("情形"),
    "form": gettext_lazy("申请表"),
    "flow": gettext_lazy("办理流程"),
    "special_procedures": gettext_lazy("办理流程"),
    "plan": gettext_lazy("办理流程"),
    "online": gettext_lazy("网上办理"),
    "online_depth": gettext_lazy("网上办理"),
    "handle_forms": gettext_lazy("办理形式"),
    "visits": gettext_lazy("要跑几次"),
    "places": gettext_lazy("地点和时间"),
    "contacts": gettext_lazy("电话"),
    "fees": gettext_lazy("收费"),
    "result": gettext_lazy("结果"),
    "delivery": gettext_lazy("领取方式"),
    "faqs": gettext_lazy("常见问题"),
    "remedies": gettext_lazy("权利和救济"),
    "rights": gettext_lazy("权利和救济"),
    "organ_name": gettext_lazy("办理机关"),
}


def spaced(limit: Limit) -> str:
    """A limit with room behind its number: ``3 个工作日``."""
    return str(limit).replace(str(limit.number), f"{limit.number} ", 1)
