"""What the documents to draw are made of."""

from datetime import UTC, date, datetime

from onedoor.documents import rules as r

ORGAN = "昌宁县市场监督管理局"
CASE = "53052420260302000127K"
VISIT = "SJ53052420260302000007K"
ITEM = "食品经营许可（新办）"
MOMENT = datetime(2026, 3, 2, 1, 5, tzinfo=UTC)
BASIS = ("《中华人民共和国行政许可法》第三十二条第一款第五项",)
REMEDIES = r.Remedies(review_body="昌宁县人民政府", review_days=60, court="昌宁县人民法院", court_months=6)


def head(**changes: object) -> r.Head:
    values: dict[str, object] = {
        "organ": ORGAN,
        "number": "昌市监许受〔2026〕12号",
        "dated": date(2026, 3, 2),
        "addressee": "昌宁县田园镇老杨家小饭馆",
        "case_number": CASE,
        "item": ITEM,
        "contact": "昌宁县政务服务大厅 3 号窗口，0875-0000000",
        "verify_url": f"http://localhost:8000/verify/{CASE}",
        "seal_name": "行政审批专用章",
        "demo": True,
    }
    return r.Head(**{**values, **changes})  # type: ignore[arg-type]


def deadline(limit: str, due: date, *, start: str = "受理之日", provisional: bool = False) -> r.Deadline:
    article = "《中华人民共和国行政许可法》第四十二条第一款"
    return r.Deadline(limit=limit, start=start, article=article, due=due, provisional=provisional)


MATERIALS = (
    r.MaterialLine(name="食品经营许可申请书", source="在线填写"),
    r.MaterialLine(name="营业执照", source="部门共享（免提交）"),
    r.MaterialLine(name="经营场所布局图", form="原件", copies=2),
    r.MaterialLine(name="食品安全规章制度"),
)


LONG = "昌宁县" + "云南省高原特色农业产业融合发展示范园区" * 12 + "有限责任公司"
HOSTILE = '#read("lib.typ") *粗* $x$ <b> \\ ] ) @a //注 `c` #{1+1} ' + "A" * 120


BIG = head(
    addressee=LONG,
    item=HOSTILE,
    organ="云南省保山市昌宁县珠街彝族乡人民政府综合行政执法和便民服务中心联合办公室",
    contact=LONG,
)
MANY = tuple(r.MaterialLine(name=f"第 {n} 份材料：{LONG}", source=HOSTILE, copies=n) for n in range(1, 41))
TEXTS = tuple(f"{LONG}，{HOSTILE}" for _ in range(9))
DAY = date(2026, 12, 31)
