"""The words for the codes and the inner fields of an item, as an officer of the catalogue reads them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from onedoor.items.rules import codes as c
from onedoor.items.rules.given import Gives
from onedoor.items.rules.promises import Lapse
from onedoor.kernel.clock import GROUND_NAMES, Approver, Ground, ProfileKind, StartEvent, Unit
from onedoor.kernel.journey import QuestionKind
from onedoor.kernel.plan import Silence, StepKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise

CODES: Final[Mapping[type[StrEnum], Mapping[Any, StrOrPromise]]] = {
    c.ItemKind: {
        c.ItemKind.PERMIT: _("行政许可"), c.ItemKind.BENEFIT: _("行政给付"), c.ItemKind.CONFIRMATION: _("行政确认"),
        c.ItemKind.REWARD: _("行政奖励"), c.ItemKind.RULING: _("行政裁决"), c.ItemKind.OTHER: _("其他行政权力"),
        c.ItemKind.INTERNAL: _("内部审批"), c.ItemKind.SERVICE: _("公共服务"),
    },
    Gives: {Gives.NUMBER: _("编号"), Gives.ISSUED: _("日期"), Gives.HOLDER: _("持证人")},
    c.ItemState: {
        c.ItemState.IN_USE: _("在用"), c.ItemState.PAUSED: _("暂停"), c.ItemState.CANCELLED: _("取消"),
    },
    c.Level: {
        c.Level.NATIONAL: _("国家级"), c.Level.PROVINCE: _("省级"), c.Level.CITY: _("市级"), c.Level.COUNTY: _("县级"),
        c.Level.TOWNSHIP: _("乡镇级"), c.Level.VILLAGE: _("村级"), c.Level.GRADED: _("分级管理"),
    },
    c.OrganKind: {
        c.OrganKind.STATUTORY: _("法定机关"), c.OrganKind.AUTHORISED: _("授权组织"),
        c.OrganKind.ENTRUSTED: _("受委托组织"), c.OrganKind.OTHER: _("其他"),
    },
    c.PowerSource: {
        c.PowerSource.OWN: _("法定本级行使"), c.PowerSource.HANDED_DOWN: _("上级下放"),
        c.PowerSource.AUTHORISED_ABOVE: _("上级授权"), c.PowerSource.AUTHORISED_PEER: _("同级授权"),
        c.PowerSource.ENTRUSTED_ABOVE: _("上级委托"), c.PowerSource.ENTRUSTED_PEER: _("同级委托"),
    },
    c.Audience: {
        c.Audience.PERSON: _("个人"), c.Audience.COMPANY: _("企业法人"), c.Audience.INSTITUTION: _("事业法人"),
        c.Audience.ASSOCIATION: _("社会组织法人"), c.Audience.UNINCORPORATED: _("非法人企业"),
        c.Audience.ORGAN: _("行政机关"), c.Audience.OTHER: _("其他组织"),
    },
    c.ProjectType: {
        c.ProjectType.ON_THE_SPOT: _("即办件（当场办结）"), c.ProjectType.PROMISED: _("承诺件"),
        c.ProjectType.OTHER: _("其他"),
    },
    c.HandleForm: {
        c.HandleForm.WINDOW: _("窗口办理"), c.HandleForm.WEB: _("网上办理"), c.HandleForm.MOBILE: _("手机办理"),
        c.HandleForm.COURIER: _("快递申请"), c.HandleForm.OTHER: _("其他"),
    },
    c.Scope: {
        c.Scope.NATION: _("全国通办"), c.Scope.PROVINCE: _("全省通办"), c.Scope.CITY: _("全市通办"),
        c.Scope.COUNTY: _("全县通办"), c.Scope.TOWNSHIP: _("乡镇内通办"), c.Scope.VILLAGES: _("跨村（社区）通办"),
    },
    c.OnlineDepth: {
        c.OnlineDepth.ADVICE: _("网上咨询"), c.OnlineDepth.RECEIPT: _("网上收件"),
        c.OnlineDepth.PRE_REVIEW: _("网上预审"), c.OnlineDepth.ACCEPTANCE: _("网上受理"),
        c.OnlineDepth.HANDLING: _("网上办理"), c.OnlineDepth.RESULT: _("网上取结果"), c.OnlineDepth.OTHER: _("其他"),
    },
    c.Necessity: {
        c.Necessity.REQUIRED: _("必要"), c.Necessity.TOLERATED: _("容缺后补"), c.Necessity.OPTIONAL: _("非必要"),
    },
    c.MaterialKind: {
        c.MaterialKind.CERTIFICATE: _("证件证书证明"), c.MaterialKind.FORM: _("申请表格文书"),
        c.MaterialKind.OTHER: _("其他"),
    },
    c.MaterialForm: {
        c.MaterialForm.PAPER: _("只收纸质"), c.MaterialForm.ELECTRONIC: _("只收电子"),
        c.MaterialForm.EITHER: _("纸质、电子都收"),
    },
    c.Source: {
        c.Source.APPLICANT: _("申请人自备"), c.Source.LICENCE: _("电子证照（免提交）"),
        c.Source.SHARED: _("部门共享（免提交）"), c.Source.FORM: _("在线填表自动生成（免上传）"),
        c.Source.OTHER: _("其他"),
    },
    c.ResultKind: {
        c.ResultKind.LICENCE: _("证照"), c.ResultKind.DOCUMENT: _("批文"), c.ResultKind.OTHER: _("其他"),
        c.ResultKind.NONE: _("无"),
    },
    c.Delivery: {
        c.Delivery.ONLINE: _("电子送达（网上下载）"), c.Delivery.WINDOW: _("窗口领取"), c.Delivery.COURIER: _("邮寄"),
        c.Delivery.ON_SITE: _("直接送达"),
    },
    Unit: {Unit.WORKDAY: _("工作日"), Unit.DAY: _("日（自然日）"), Unit.MONTH: _("月")},
    StartEvent: {
        StartEvent.RECEIVED: _("收到申请之日"), StartEvent.ACCEPTED: _("受理之日"),
        StartEvent.COMPLETE: _("收到全部有效文件之日"), StartEvent.DECIDED: _("作出决定之日"),
    },
    Approver: {
        Approver.ORGAN_HEAD: _("本机关负责人"), Approver.GOVERNMENT_LEADER: _("本级人民政府负责人"),
    },
    ProfileKind: {
        ProfileKind.PERMIT: _("行政许可"), ProfileKind.CONFIRMATION: _("行政确认"), ProfileKind.BENEFIT: _("行政给付"),
        ProfileKind.REGISTRATION: _("登记"), ProfileKind.SERVICE: _("公共服务"), ProfileKind.OTHER: _("其他"),
    },
    Ground: dict(GROUND_NAMES),
    Lapse: {Lapse.OVERDUE: _("记录、告知，由审查人依法处理"), Lapse.WITHDRAWN: _("视为撤回申请")},
    StepKind: {
        StepKind.FIRST_REVIEW: _("初审（乡镇）"), StepKind.REVIEW: _("审查"), StepKind.OPINION: _("征求意见"),
        StepKind.SITE_VISIT: _("现场核查"), StepKind.EXPERT_REVIEW: _("专家评审"), StepKind.PUBLICITY: _("公示"),
        StepKind.DELIBERATION: _("集体讨论"), StepKind.SIGN_OFF: _("审核"), StepKind.DECISION: _("决定（批准）"),
        StepKind.CHILD: _("并联事项"), StepKind.UPWARD: _("转报上级决定"),
        StepKind.REGISTER_CHECK: _("自动核验"), StepKind.PAYMENT: _("缴费"),
    },
    Silence: {
        Silence.ESCALATE: _("仍须等待，报告负责人和督查"), Silence.DEEMED: _("视为无异议"),
        Silence.LEAD_DECIDES: _("不再等待，由牵头机关自行判断"),
    },
    QuestionKind: {
        QuestionKind.TEXT: _("一行文字"), QuestionKind.TEXTAREA: _("多行文字"), QuestionKind.INTEGER: _("整数"),
        QuestionKind.DECIMAL: _("小数"), QuestionKind.MONEY: _("金额（元）"), QuestionKind.DATE: _("日期"),
        QuestionKind.PAST_DATE: _("过去的日期"), QuestionKind.YES_NO: _("是或者否"), QuestionKind.CHOICE: _("选一项"),
        QuestionKind.CHOICES: _("选几项"), QuestionKind.ID_NUMBER: _("身份证号"),
        QuestionKind.USCC: _("统一社会信用代码"), QuestionKind.PHONE: _("电话"), QuestionKind.MOBILE: _("手机号"),
        QuestionKind.EMAIL: _("电子邮箱"), QuestionKind.PERSON_NAME: _("姓名"),
        QuestionKind.AREA: _("乡镇和村（社区）"), QuestionKind.ADDRESS: _("地址"),
    },
}  # fmt: skip
"""Code table by code table: code → word."""

PREFILLS: Final = {
    "person.name": _("本人姓名"), "person.id_number": _("本人身份证号"), "person.mobile": _("本人手机号"),
    "person.address": _("本人住址"), "entity.name": _("单位名称"), "entity.uscc": _("统一社会信用代码"),
    "entity.legal_representative": _("法定代表人姓名"), "entity.legal_representative_id": _("法定代表人身份证号"),
    "entity.address": _("单位住所"), "licence.number": _("平台登记的同一种证照的编号，只有一本时"),
}  # fmt: skip
"""What the registers know of an applicant, by the names that forms take it under."""

INNER: Final[Mapping[str, StrOrPromise]] = {
    "Limit.number": _("多少"), "Limit.unit": _("单位"), "Limit.start": _("从哪天起算"),
    "Limit.article": _("依据的法条"),
    "Limit.note": _("没有法条的，写明依据"),
    "ShorterLimit.when": _("什么情形"), "ShorterLimit.limit": _("这个情形的承诺时限"),
    "Reduction.when": _("什么情形减免"), "Reduction.standard": _("减免以后的标准"),
    "Reduction.basis": _("减免依据"), "Reduction.cents": _("减免以后收多少（分，免收写 0）"),
    "Extension.number": _("延长多少"), "Extension.unit": _("单位"), "Extension.approver": _("谁批准"),
    "Extension.article": _("依据的法条"),
    "AllowedGround.ground": _("特别程序"), "AllowedGround.article": _("依据的法条"),
    "AllowedGround.most": _("最多几个工作日"),
    "Renewal.window": _("最晚什么时候提出"), "Renewal.term_months": _("视为延续几个月"),
    "Renewal.earliest": _("最早什么时候提出"), "Renewal.follows": _("新期限接着旧期限算"),
    "Basis.law": _("法律、法规、规章名称"), "Basis.document": _("文号"), "Basis.article": _("条款"),
    "Basis.text": _("条文内容"),
    "Condition.text": _("条件"), "Condition.by_law": _("依据的法条"),
    "FlowStage.name": _("环节"), "FlowStage.owner": _("谁办"), "FlowStage.limit": _("时限"),
    "FlowStage.criteria": _("标准"), "FlowStage.result": _("结果"),
    "SpecialProcedure.name": _("名称"), "SpecialProcedure.by_law": _("依据的法条"),
    "SpecialProcedure.limit": _("时限"), "SpecialProcedure.ground": _("停止计时的理由"),
    "SpecialProcedure.notes": _("说明"),
    "Place.name": _("地点名称"), "Place.address": _("地址"), "Place.hours": _("办公时间"), "Place.window": _("窗口"),
    "Place.phone": _("电话（带区号）"),
    "Contacts.enquiry": _("咨询电话"), "Contacts.complaint": _("监督投诉电话"), "Contacts.online": _("网上咨询和投诉"),
    "Faq.question": _("问"), "Faq.answer": _("答"),
    "Intermediary.name": _("中介服务名称"), "Intermediary.by_law": _("依据的法条"),
    "Intermediary.provider": _("谁提供"), "Intermediary.fee": _("收费"),
    "Remedies.text": _("怎么说"), "Remedies.review_organ": _("行政复议机关"), "Remedies.court": _("有管辖权的法院"),
    "Material.blank_form": _("空白表格的名称"), "Material.sample": _("示例样表的名称"),
    "Promise.text": _("告知承诺的说明"), "Promise.basis": _("告知承诺的依据"), "Promise.offered": _("实行告知承诺"),
    "Promise.when": _("哪些回答表示选择告知承诺"), "Promise.check": _("发证后多久核查"),
    "Promise.rectify": _("限期整改给多久"),
    "Tolerance.basis": _("容缺受理的依据"), "Tolerance.lapse": _("逾期不补怎么办"),
    "Tolerance.lapse_basis": _("逾期视为撤回的本地依据"),
    "Instant.when": _("什么条件下自动批准"), "Instant.rule": _("规则怎么说"), "Instant.basis": _("秒批的依据"),
    "Situation.question": _("问群众的话"), "Situation.options": _("可以选的答案"),
    "Situation.hint": _("问题下面的提示"), "Situation.when": _("什么时候问"),
    "Situation.known": _("登记簿已经知道的答案"),
    "Plan.steps": _("审查环节"), "Plan.acceptance": _("由谁受理"),
    "Step.name": _("环节名称"), "Step.kind": _("环节种类"), "Step.organ": _("由谁办"),
    "Step.after": _("等哪些环节办完才开始"), "Step.when": _("什么情形下要办"),
    "Step.limit": _("环节时限（缴费的，是申请人有几天缴费）"),
    "Step.officers": _("至少几个人办"), "Step.criteria": _("审查标准"),
    "Step.silence": _("超时不答复怎么办"), "Step.silence_basis": _("超时后果的依据"),
    "Step.precondition": _("法定前置（不适用超时默认）"),
    "Step.check": _("按什么规则自动核验"), "Check.when": _("规则：什么情况算通过"),
    "Check.rule": _("规则用文字怎么写"), "Check.basis": _("规则的依据"),
    "Step.upper": _("报哪个上级机关决定"), "Upper.organ": _("上级机关名称"), "Upper.limit": _("上级机关的时限"),
    "Form.pages": _("表单的页"), "Page.title": _("这一页的标题"), "Page.questions": _("这一页的问题"),
    "Page.when": _("什么时候出现这一页"), "Page.hint": _("提示"),
    "Question.label": _("问什么"), "Question.kind": _("填什么"), "Question.required": _("必须填"),
    "Question.hint": _("提示"), "Question.options": _("可以选的答案"),
    "Question.when": _("什么时候问"), "Question.minimum": _("最小（只用于数字）"),
    "Question.maximum": _("最大（只用于数字）"), "Question.unit": _("单位"),
    "Question.prefill": _("平台知道的，预先填好"),
    "ClockProfile.silence_accepts": _("逾期不告知视为受理"),
    "ClockProfile.supplement_silence_accepts": _("补正后逾期不告知视为受理"),
    "ClockProfile.extension": _("延长"), "ClockProfile.grounds": _("可以停止计时的特别程序"),
    "ClockProfile.delivery": _("送达时限"), "ClockProfile.renewal": _("延续"),
    "ClockProfile.hearing": _("听证的期限"), "HearingLimits.must": _("依法必须听证的条款"),
    "HearingLimits.ask": _("告知后几个工作日内可以要求听证"), "HearingLimits.hold": _("提出后几个工作日内组织"),
    "HearingLimits.notice": _("提前几个工作日通知"), "HearingLimits.article": _("听证的法条"),
    "Member.key": _("代号"), "Member.item": _("业务办理项编码"), "Member.name": _("并联事项"),
    "Member.after": _("等哪些并联事项出了结果才开始"), "Member.when": _("什么情形下要办"),
    "Member.fixed": _("替申请人答好的"), "Member.taken": _("用别的并联事项的结果作材料"),
    "Member.filled": _("用别的并联事项的结果填"), "Filled.fact": _("哪个问题"), "Filled.of": _("谁的结果"),
    "Filled.gives": _("填什么"), "Member.version": _("合成时的版本"),
    "Fixed.fact": _("哪个问题"), "Fixed.value": _("答案"), "Taken.material": _("材料"), "Taken.of": _("谁的结果"),
    "Shared.key": _("合在一起的代号"), "Shared.of": _("各并联事项的哪一项"), "Shared.own": _("由这件事自己来问"),
    "Result.validity": _("有效期怎么说"), "Result.template": _("结果文书模板"), "Result.sample": _("结果样本"),
    "Result.area": _("有效地域"), "Result.renewal": _("延续怎么办"), "Result.inspection": _("年检、年报"),
    "Result.replaces": _("哪个问题填写被换发的证照编号"),
}  # fmt: skip
"""Fields inside of a field that the catalogue's own table does not name."""

RULES: Final = {
    "locked": _("不能改"),
    "local": _("由本级自定"),
    "fewer": _("只能减少"),
    "shorter": _("只能缩短"),
    "more": _("可以增加，不能去掉上级的"),
    "yes": _("只能由“否”改为“是”"),
    "ranked": _("只能改得更方便群众"),
    "narrower": _("只能在更少的情形下要求"),
    "added": _("可以增加，不能去掉上级的"),
}
"""What a lower level may do with a field, in words."""
