"""Documents to draw: as they occur, and as large and odd as they can get."""

from dataclasses import replace
from datetime import date

from sample_outward import extreme_relays, extreme_upward, relays, upward
from sample_pieces import (
    BASIS,
    BIG,
    CASE,
    DAY,
    HOSTILE,
    ITEM,
    LONG,
    MANY,
    MATERIALS,
    MOMENT,
    ORGAN,
    REMEDIES,
    TEXTS,
    VISIT,
    deadline,
    head,
)

from onedoor.documents import rules as r


def licence(**changes: object) -> r.LicenceFace:
    values: dict[str, object] = {
        "name": "食品经营许可证",
        "number": "JY25305240001234",
        "identifier": "1.2.156.3005.2.11100000000013338W011.11530524MB0000000A.JY25305240001234.001.K",
        "holder": "昌宁县田园镇老杨家小饭馆",
        "fields": (
            r.Field(label="统一社会信用代码", value="92530524MA6K000000"),
            r.Field(label="经营场所", value="云南省保山市昌宁县田园镇右甸路 18 号"),
            r.Field(label="经营项目", value="热食类食品制售；冷食类食品制售（不含生食海产品）"),
        ),
        "issuer": ORGAN,
        "issued_on": date(2026, 3, 20),
        "validity": "2026年3月20日至2031年3月19日",
        "verify_url": "http://localhost:8000/verify/7c1e90d2ab34f65800912cde/",
        "verify_page": "http://localhost:8000/verify/",
        "verify_code": "7c1e 90d2 ab34 f658 0091 2cde",
        "case_number": CASE,
        "demo": True,
    }
    return r.LicenceFace(**{**values, **changes})  # type: ignore[arg-type]


def denial(**changes: object) -> r.DenialDecision:
    values: dict[str, object] = {
        "head": head(number="昌市监许不〔2026〕3号"),
        "matter": "行政许可",
        "accepted_on": date(2026, 3, 4),
        "facts": "2026年3月10日现场核查时，后厨与卫生间直接相通，两者之间没有隔断。",
        "reasons": ("食品处理区不符合“与污染源保持规定距离”的要求。", "限期整改后复查，上述问题仍未消除。"),
        "basis": ("《中华人民共和国食品安全法》第三十三条第一款", "《中华人民共和国行政许可法》第三十八条第二款"),
        "remedies": REMEDIES,
    }
    return r.DenialDecision(**{**values, **changes})  # type: ignore[arg-type]


def realistic() -> tuple[r.Document, ...]:
    return (
        *_receipts(),
        *_refusals(),
        *_pauses(),
        *_results(),
        *_window(),
        upward(),
        *relays(),
        _visit(),
        form(),
        form(sample=True),
    )


def form(*, sample: bool = False) -> r.PaperForm:
    rows = (
        r.FormRow(label="姓名", value="张小满" if sample else "", hint="与身份证一致"),
        r.FormRow(label="申请理由", value="老房屋年久漏雨。" if sample else "", lines=4),
        r.FormRow(label="是否委托", choices=(r.FormChoice(label="是"), r.FormChoice(label="否", ticked=sample))),
    )
    return r.PaperForm(
        title="授权委托书", organ=ORGAN, item=ITEM, edition="第 1 版", text=("委托人委托下列受托人代为办理。",),
        sections=(r.FormSection(title="委托人", rows=rows, note="只在委托时填写"),), closing=("以上内容真实。",),
        signatures=("委托人（签名或者盖章）", "受托人（签名）"), notes=("本表不收费。",), frame=40, sample=sample,
        demo=True,
    )  # fmt: skip


def _receipts() -> tuple[r.Document, ...]:
    return (
        r.ApplicationReceipt(
            head=head(), received_at=MOMENT, channel="网上办事大厅", materials=MATERIALS, deemed=True,
            answer=deadline("5 个工作日", date(2026, 3, 9), start="收到申请之日"), query_password="K7M2Q9",
        ),
        r.IntakeReceipt(
            head=head(), received_at=MOMENT, place="县政务服务大厅综合窗口 2", received_by="李晓燕",
            submitted_by="杨志强（本人）", materials=MATERIALS,
        ),
        r.AcceptanceNotice(
            head=head(), received_on=date(2026, 3, 2), accepted_on=date(2026, 3, 4), basis=BASIS,
            deadline=deadline("20 个工作日", date(2026, 4, 1)),
        ),
        r.OverlookedNotice(
            head=head(), reason="初审时漏看了制度的第三页。", allowed_by="李国平",
            wanted=(r.Defect(material="食品安全规章制度", fault="没有写餐具怎样消毒，请写明。"),),
            how="在“我的办件”中补交，或者交到县政务服务大厅综合窗口。",
            basis=("《中华人民共和国行政许可法》第三十二条第一款第四项",),
        ),
    )  # fmt: skip


def _refusals() -> tuple[r.Document, ...]:
    return (
        r.NotRequiredNotice(
            head=head(), received_on=date(2026, 3, 2), reasons=("销售自产的食用农产品，不需要取得食品经营许可。",),
            basis=("《中华人民共和国行政许可法》第三十二条第一款第一项",), advice="您可以直接开展销售活动。",
            remedies=REMEDIES,
        ),
        r.NotCompetentNotice(
            head=head(), received_on=date(2026, 3, 2), reasons=("经营场所位于隆阳区，由隆阳区市场监督管理局管辖。",),
            basis=("《中华人民共和国行政许可法》第三十二条第一款第二项",), turn_to="保山市隆阳区市场监督管理局",
            remedies=REMEDIES,
        ),
    )  # fmt: skip


def _pauses() -> tuple[r.Document, ...]:
    return (
        r.SupplementNotice(
            head=head(), received_on=date(2026, 3, 2), how="在“我的办件”中补充上传，或者到县政务服务大厅综合窗口提交。",
            basis=("《中华人民共和国行政许可法》第三十二条第一款第四项",),
            defects=(
                r.Defect(material="经营场所布局图", fault="没有标明各功能区的面积，请补充标注。"),
                r.Defect(material="食品安全规章制度", fault="缺少从业人员健康管理制度，请补交。"),
            ),
        ),
        r.ExtensionNotice(
            head=head(), accepted_on=date(2026, 3, 4), was_due=date(2026, 4, 1), extended_by="10 个工作日",
            deadline=deadline("30 个工作日", date(2026, 4, 16)), reason="现场核查发现的问题需要进一步核实。",
            approved_by="本机关负责人", basis=("《中华人民共和国行政许可法》第四十二条第一款",),
        ),
        r.SpecialProcedureNotice(
            head=head(), procedure="检验", reason="需要对经营场所用水进行水质检验。", starts_on=date(2026, 3, 9),
            length="7 个工作日", ends_on=date(2026, 3, 17), basis=("《中华人民共和国行政许可法》第四十五条",),
        ),
        r.PromiseLetter(
            head=head(), told=("有与食品品种、数量相适应的场所（食品安全法第三十三条）",),
            promises=("“食品安全规章制度”自受理之日起3个工作日内交来。",),
            consequences=("后补的材料交来以前不能发证。",), promised_by="昌宁县田园镇老杨家小饭馆",
            confirmed="登录本平台后实名电子确认", promised_at=MOMENT,
        ),
        r.RectificationNotice(
            head=head(), decided_on=date(2026, 3, 1), finding="现场只有一名专职从业人员，与承诺的三名不符。",
            until=date(2026, 3, 17), basis=("代理记账管理办法",),
        ),
        r.EndingDecision(
            head=head(), title="撤销决定书", content="撤销准予“食品经营许可”的决定，食品经营许可证同时作废。",
            reasons=("限期整改后仍与承诺不符。",), basis=("《中华人民共和国行政许可法》第六十九条",), remedies=REMEDIES,
        ),
        r.ToleranceNotice(
            head=head(), accepted_on=date(2026, 3, 4), lapse="没有按时交来的，不能批准",
            owed=(r.OwedLine(material="食品安全规章制度", due=date(2026, 3, 9)),), basis=("昌宁县容缺受理事项清单",),
        ),
        *_hearings(),
    )  # fmt: skip


def _hearings() -> tuple[r.Document, ...]:
    basis = ("《中华人民共和国行政许可法》第四十八条第一款第一项",)
    meeting = {"held_at": MOMENT, "place": "政务大厅三楼会议室", "presider": "赵六", "basis": basis}
    return (
        r.HearingRightNotice(
            head=head(), reason="扩大取水影响下游三户的灌溉用水。", within="5个工作日", last=date(2026, 3, 9),
            basis=basis, others=("李四", "王五"),
        ),
        r.HearingAnnouncement(head=head(), reason="涉及公共利益的重大事项。", until=date(2026, 3, 30), basis=basis),
        r.HearingNotice(head=head(), **meeting),  # type: ignore[arg-type]
        r.HearingRecordSheet(
            head=head(), recorder="钱七", attended="张三、李四、王五", record=("同意减少取水。", "没有意见。"),
            **meeting,  # type: ignore[arg-type]
        ),
    )  # fmt: skip


def _results() -> tuple[r.Document, ...]:
    return (
        r.GrantDecision(
            head=head(), matter="行政许可", accepted_on=date(2026, 3, 4), validity="2026年3月20日至2031年3月19日",
            content="准予在昌宁县田园镇右甸路 18 号从事热食类食品制售、冷食类食品制售。", basis=BASIS,
            delivery="电子送达；需要纸质证照的，可以到窗口领取或者要求邮寄。", licence="JY25305240001234",
            conditions=("在经营场所的显著位置悬挂或者摆放许可证。", "许可事项发生变化的，依法申请变更。"),
        ),
        denial(),
        r.DeliveryReceipt(
            head=head(), documents=("准予行政许可决定书（昌市监许准〔2026〕12号）", "食品经营许可证"),
            recipient="昌宁县田园镇老杨家小饭馆", method="直接送达", place="",
        ),
        licence(),
    )  # fmt: skip


def extreme() -> tuple[r.Document, ...]:
    return (
        *_extreme_letters(),
        *_extreme_notices(),
        *_extreme_results(),
        *_extreme_window(),
        extreme_upward(),
        *extreme_relays(),
        _extreme_visit(),
    )


def _extreme_letters() -> tuple[r.Document, ...]:
    return (
        r.ApplicationReceipt(
            head=BIG, received_at=MOMENT, channel=LONG, materials=MANY, deemed=True,
            answer=deadline("5 个工作日", date(2027, 1, 8), provisional=True), query_password=HOSTILE,
        ),
        r.IntakeReceipt(
            head=BIG, received_at=MOMENT, place=HOSTILE, received_by=LONG, submitted_by=LONG, materials=MANY
        ),
        r.AcceptanceNotice(
            head=BIG, received_on=DAY, accepted_on=DAY, basis=TEXTS, fee=HOSTILE, deemed=True,
            deadline=deadline(LONG, date(2027, 1, 29), provisional=True),
        ),
        r.NotRequiredNotice(
            head=BIG, received_on=DAY, reasons=TEXTS, basis=TEXTS, advice=HOSTILE, remedies=REMEDIES
        ),
        r.NotCompetentNotice(
            head=BIG, received_on=DAY, reasons=TEXTS, basis=TEXTS, turn_to=HOSTILE, remedies=REMEDIES
        ),
    )  # fmt: skip


def _extreme_notices() -> tuple[r.Document, ...]:
    return (
        r.SupplementNotice(
            head=BIG, received_on=DAY, how=HOSTILE, basis=TEXTS,
            defects=tuple(r.Defect(material=LONG, fault=HOSTILE + LONG) for _ in range(30)),
        ),
        r.OverlookedNotice(
            head=BIG, reason=LONG * 8, allowed_by=HOSTILE, how=HOSTILE, basis=TEXTS,
            wanted=tuple(r.Defect(material=LONG, fault=HOSTILE + LONG) for _ in range(30)),
        ),
        r.ExtensionNotice(
            head=BIG, accepted_on=DAY, was_due=DAY, extended_by="10 个工作日", reason=LONG * 8, approved_by=HOSTILE,
            deadline=deadline("30 个工作日", date(2027, 2, 26), provisional=True), basis=TEXTS,
        ),
        r.SpecialProcedureNotice(
            head=BIG, procedure=HOSTILE, reason=LONG * 8, starts_on=DAY, length=LONG, ends_on=DAY, basis=TEXTS
        ),
        *_extreme_hearings(),
    )  # fmt: skip


def _extreme_hearings() -> tuple[r.Document, ...]:
    meeting = {"held_at": MOMENT, "place": LONG, "presider": HOSTILE, "basis": TEXTS}
    return (
        r.HearingRightNotice(head=BIG, reason=LONG * 8, within=LONG, last=DAY, basis=TEXTS, others=TEXTS),
        r.HearingAnnouncement(head=BIG, reason=LONG * 8, until=DAY, basis=TEXTS),
        r.HearingNotice(head=BIG, **meeting),  # type: ignore[arg-type]
        r.HearingRecordSheet(head=BIG, recorder=HOSTILE, attended=LONG, record=TEXTS * 9, **meeting),  # type: ignore[arg-type]
    )


def _extreme_results() -> tuple[r.Document, ...]:
    return (
        r.GrantDecision(
            head=BIG, matter="行政给付", accepted_on=DAY, validity=LONG, content=LONG * 9, basis=TEXTS,
            delivery=HOSTILE, licence=HOSTILE, conditions=TEXTS,
        ),
        denial(head=BIG, facts=LONG * 9, reasons=TEXTS, basis=TEXTS),
        r.DeliveryReceipt(
            head=BIG, documents=TEXTS, recipient=LONG, method=HOSTILE, place=LONG, delivered_at=MOMENT,
            received_by="杨志强", relation=LONG, delivered_by=("李晓燕", "王建国"), note=HOSTILE,
        ),
        licence(
            name="中华人民共和国建筑工程施工许可证（分期核发·昌宁县政务服务管理局）", holder=LONG, number=HOSTILE,
            fields=tuple(r.Field(label=f"登记事项{n}", value=LONG) for n in range(14)), validity=LONG, basis=LONG,
        ),
    )  # fmt: skip


def _visit() -> r.Document:
    crews = (
        r.VisitCrew(
            item="食品经营许可", case_number=CASE, officers=("李晓燕", "王建国"), verdict="符合",
            finding="布局合理，消毒设施齐全。", signed="李晓燕，2026年3月5日", photos=3,
        ),
        r.VisitCrew(
            item="消防安全检查", case_number="53052420260302000128J", officers=("穆国平", "许永胜"), verdict="不符合",
            finding="疏散通道被货架占用。", signed="穆国平，2026年3月5日",
        ),
    )  # fmt: skip
    return r.JointVisitRecord(
        head=head(), met_at=MOMENT, place="昌宁县人民路88号店门口", crews=crews, apart=("烟草专卖零售许可",)
    )


def _extreme_visit() -> r.Document:
    crew = r.VisitCrew(
        item=LONG, case_number=CASE, officers=(HOSTILE, LONG), verdict="符合", finding=LONG * 9, signed=HOSTILE
    )
    return r.JointVisitRecord(head=BIG, met_at=MOMENT, place=LONG, crews=(crew,) * 6, apart=TEXTS)


def _window() -> tuple[r.Document, ...]:
    lines = (
        r.VisitLine(
            item=ITEM, case_number=CASE, organ=ORGAN, materials=MATERIALS, phone="0875-0000000",
            next_step="昌宁县市场监督管理局已经受理，最迟2026年4月1日办完。", query_password="84620915",
        ),
        r.VisitLine(
            item="残疾人证办理", case_number="53052420260302000128J", organ="昌宁县残疾人联合会", materials=(),
            next_step="材料还缺，缺什么见《一次性告知书》。", phone="0875-0000001", corrected=("申请表",),
        ),
    )  # fmt: skip
    return (
        r.VisitReceipt(
            head=head(number=VISIT, case_number=VISIT), received_at=MOMENT, place="县政务服务大厅综合窗口 3 号",
            received_by="李晓燕", submitted_by="杨志强", lines=lines, to_return=("营业执照",), kept=("布局图",),
        ),
        r.FeeNotice(
            head=head(), total="80元",
            lines=(
                r.FeeLine(name="不动产登记费", standard="80元/件", basis="发改价格规〔2016〕2559号", amount="80元"),
            ),
        ),
        r.PaymentNotice(
            head=head(), total=r.amount(8000), window="县政务服务大厅不动产登记和税务综合窗口，工作日 8:30—17:30",
            lines=(
                r.FeeLine(name="不动产登记费", standard="80元/件", basis="发改价格规〔2016〕2559号", amount="80元"),
            ),
            deadline=replace(
                deadline("10个工作日", date(2026, 3, 16), start="本通知书送达之日"), article="缴费期限（示例）"
            ),
        ),
    )  # fmt: skip


def _extreme_window() -> tuple[r.Document, ...]:
    line = r.VisitLine(
        item=HOSTILE, case_number=CASE, organ=LONG, materials=MANY, phone=LONG, next_step=HOSTILE,
        query_password=HOSTILE, corrected=TEXTS,
    )  # fmt: skip
    fee = r.FeeLine(name=LONG, standard=HOSTILE, basis=LONG, amount=LONG, reduction=HOSTILE)
    return (
        r.VisitReceipt(
            head=BIG, received_at=MOMENT, place=LONG, received_by=HOSTILE, submitted_by=LONG, lines=(line,) * 3,
            to_return=TEXTS, kept=TEXTS,
        ),
        r.FeeNotice(head=BIG, lines=(fee,) * 20),
        r.PaymentNotice(
            head=BIG, lines=(fee,) * 20, total=r.amount(99_999_999_999_999), window=HOSTILE,
            deadline=deadline(HOSTILE, DAY, start=LONG, provisional=True),
        ),
    )  # fmt: skip
