"""Documents that go to another organ: upward, or to the one elsewhere that decides."""

from datetime import date

from sample_pieces import BIG, HOSTILE, LONG, MATERIALS, MOMENT, TEXTS, VISIT, head

from onedoor.documents import rules as r


def relays() -> tuple[r.Document, ...]:
    basis, hall = "滇西通办协议（示例）", head(organ="昌宁县政务服务中心", number=VISIT, case_number=VISIT)
    receipt = r.RelayReceipt(
        head=hall, received_at=MOMENT, place="县政务服务中心综合窗口", received_by="李晓燕", submitted_by="杨志强",
        decider="施甸县卫生健康局", where="云南省保山市施甸县", reach="0875-0000000", mode="异地代收代办", basis=basis,
        materials=MATERIALS, query_password="84620915",
    )  # fmt: skip
    listed = r.RelayList(
        head=hall, applicant="杨志强", received_at=MOMENT, way="邮政快递 EX1", basis=basis, materials=MATERIALS
    )
    back = r.RelayReturn(
        head=hall, decider="施甸县卫生健康局", where="云南省保山市施甸县", reason="申请人撤回申请",
        taken="申请表等 3 件原件，交本人", materials=MATERIALS,
    )  # fmt: skip
    return receipt, listed, back


def extreme_relays() -> tuple[r.Document, ...]:
    many = (r.MaterialLine(name=LONG, form="复印件", copies=99),) * 30
    receipt = r.RelayReceipt(
        head=BIG, received_at=MOMENT, place=LONG, received_by=HOSTILE, submitted_by=LONG, decider=LONG, where=HOSTILE,
        reach=LONG, mode="多地联办", basis=LONG, materials=many,
    )  # fmt: skip
    listed = r.RelayList(head=BIG, applicant=LONG, received_at=MOMENT, way=HOSTILE, basis=LONG, materials=many)
    back = r.RelayReturn(head=BIG, decider=LONG, where=HOSTILE, reason=LONG, taken=LONG, materials=many)
    return receipt, listed, back


def upward() -> r.Document:
    return r.UpwardReport(
        head=head(addressee="保山市民族宗教事务局"), applicant="李小满", accepted_on=date(2026, 3, 2),
        advice="经初审，符合条件，建议准予。", opinion="父母一方为彝族，亲子关系清楚。", way="机要交换",
        materials=("民族成份变更申请书", "户口簿"), basis=("《中国公民民族成份登记管理办法》第十一条",),
        within="10个工作日",
    )  # fmt: skip


def extreme_upward() -> r.Document:
    return r.UpwardReport(
        head=BIG, applicant=LONG, accepted_on=date(2026, 3, 2), advice=LONG, opinion=LONG * 9, way=HOSTILE,
        materials=TEXTS, basis=TEXTS, permit=True,
    )  # fmt: skip
