"""The words for the codes of an item (GB/T 39046-2020 appendix A), as a citizen reads them."""

from __future__ import annotations

from typing import Final

from onedoor.items.rules import codes as c
from onedoor.kernel.clock import StartEvent

KINDS: Final = {
    c.ItemKind.PERMIT: "行政许可",
    c.ItemKind.BENEFIT: "行政给付",
    c.ItemKind.CONFIRMATION: "行政确认",
    c.ItemKind.REWARD: "行政奖励",
    c.ItemKind.RULING: "行政裁决",
    c.ItemKind.OTHER: "其他行政权力",
    c.ItemKind.INTERNAL: "内部审批",
    c.ItemKind.SERVICE: "公共服务",
}
LEVELS: Final = {
    c.Level.NATIONAL: "国家级",
    c.Level.PROVINCE: "省级",
    c.Level.CITY: "市级",
    c.Level.COUNTY: "县级",
    c.Level.TOWNSHIP: "乡级",
    c.Level.VILLAGE: "村级",
    c.Level.GRADED: "分级管理",
}
ORGAN_KINDS: Final = {
    c.OrganKind.STATUTORY: "法定机关",
    c.OrganKind.AUTHORISED: "授权组织",
    c.OrganKind.ENTRUSTED: "受委托组织",
    c.OrganKind.OTHER: "其他",
}
POWER_SOURCES: Final = {
    c.PowerSource.OWN: "法定本级行使",
    c.PowerSource.HANDED_DOWN: "上级下放",
    c.PowerSource.AUTHORISED_ABOVE: "上级授权",
    c.PowerSource.AUTHORISED_PEER: "同级授权",
    c.PowerSource.ENTRUSTED_ABOVE: "上级委托",
    c.PowerSource.ENTRUSTED_PEER: "同级委托",
}
AUDIENCES: Final = {
    c.Audience.PERSON: "个人",
    c.Audience.COMPANY: "企业法人",
    c.Audience.INSTITUTION: "事业法人",
    c.Audience.ASSOCIATION: "社会组织法人",
    c.Audience.UNINCORPORATED: "非法人企业",
    c.Audience.ORGAN: "行政机关",
    c.Audience.OTHER: "其他组织",
}
PROJECT_TYPES: Final = {
    c.ProjectType.ON_THE_SPOT: "即办件",
    c.ProjectType.PROMISED: "承诺件",
    c.ProjectType.OTHER: "其他",
}
HANDLE_FORMS: Final = {
    c.HandleForm.WINDOW: "窗口办理",
    c.HandleForm.WEB: "网上办理",
    c.HandleForm.MOBILE: "手机办理",
    c.HandleForm.COURIER: "快递申请",
    c.HandleForm.OTHER: "其他",
}
SCOPES: Final = {
    c.Scope.NATION: "全国通办",
    c.Scope.PROVINCE: "全省通办",
    c.Scope.CITY: "全市通办",
    c.Scope.COUNTY: "全县通办",
    c.Scope.TOWNSHIP: "乡镇内通办",
    c.Scope.VILLAGES: "跨村（社区）通办",
}
DEPTHS: Final = {
    c.OnlineDepth.ADVICE: "网上咨询",
    c.OnlineDepth.RECEIPT: "网上收件",
    c.OnlineDepth.PRE_REVIEW: "网上预审",
    c.OnlineDepth.ACCEPTANCE: "网上受理",
    c.OnlineDepth.HANDLING: "网上办理",
    c.OnlineDepth.RESULT: "网上取结果",
    c.OnlineDepth.OTHER: "其他",
}
SOURCES: Final = {
    c.Source.APPLICANT: "自行提交",
    c.Source.LICENCE: "电子证照（免提交）",
    c.Source.SHARED: "部门共享（免提交）",
    c.Source.FORM: "在线填表自动生成",
    c.Source.OTHER: "其他来源",
}
MATERIAL_KINDS: Final = {
    c.MaterialKind.CERTIFICATE: "证件证书证明",
    c.MaterialKind.FORM: "申请表格文书",
    c.MaterialKind.OTHER: "其他",
}
MATERIAL_FORMS: Final = {
    c.MaterialForm.PAPER: "纸质",
    c.MaterialForm.ELECTRONIC: "电子",
    c.MaterialForm.EITHER: "纸质或电子",
}
RESULT_KINDS: Final = {
    c.ResultKind.LICENCE: "证照",
    c.ResultKind.DOCUMENT: "批文",
    c.ResultKind.OTHER: "其他",
    c.ResultKind.NONE: "无",
}
DELIVERIES: Final = {
    c.Delivery.ONLINE: "电子送达（网上下载）",
    c.Delivery.WINDOW: "窗口领取",
    c.Delivery.COURIER: "邮寄",
    c.Delivery.ON_SITE: "直接送达",
}
STARTS: Final = {
    StartEvent.RECEIVED: "自收到申请之日的次日起算",
    StartEvent.ACCEPTED: "自受理之日的次日起算",
    StartEvent.COMPLETE: "自收到全部有效文件之日的次日起算",
    StartEvent.DECIDED: "自作出决定之日的次日起算",
}
PARTS: Final = {  # the fields of an item, as people call the parts of its guide
    "name": "名称",
    "summary": "说明",
    "basis": "依据",
    "clock": "办理期限",
    "project_type": "办理期限",
    "limit_notes": "办理期限",
    "conditions": "办理条件",
    "prohibited": "办理条件",
    "quantity_limit": "数量限制",
    "materials": "材料",
    "situations": "情形",
    "form": "申请表",
    "flow": "办理流程",
    "special_procedures": "办理流程",
    "plan": "办理流程",
    "online": "网上办理",
    "online_depth": "网上办理",
    "handle_forms": "办理形式",
    "visits": "到现场次数",
    "places": "地点和时间",
    "contacts": "电话",
    "fees": "收费",
    "result": "结果",
    "delivery": "领取方式",
    "faqs": "常见问题",
    "remedies": "权利和救济",
    "rights": "权利和救济",
    "organ_name": "办理机关",
}
