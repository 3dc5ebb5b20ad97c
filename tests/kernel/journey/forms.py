"""A form for tests, and one question alone."""

from typing import Any

from onedoor.kernel.journey import Form, Question, form_from_tree

TREE: dict[str, Any] = {
    "pages": [
        {
            "key": "who",
            "title": "申请人",
            "questions": [
                {"key": "name", "label": "姓名", "kind": "person_name", "prefill": "person.name"},
                {"key": "company", "label": "是否以企业名义申请", "kind": "yes_no"},
                {"key": "uscc", "label": "统一社会信用代码", "kind": "uscc", "when": "$company"},
            ],
        },
        {
            "key": "place",
            "title": "经营场所",
            "hint": "以租赁合同为准",
            "questions": [
                {
                    "key": "place",
                    "label": "场所类型",
                    "kind": "choice",
                    "options": [
                        {"value": "shop", "label": "门店", "hint": "有固定门面"},
                        {"value": "stall", "label": "摊位"},
                    ],
                },
                {
                    "key": "area",
                    "label": "面积",
                    "kind": "decimal",
                    "unit": "平方米",
                    "minimum": 1,
                    "maximum": "9999.5",
                },
            ],
        },
        {
            "key": "large",
            "title": "较大门店",
            "when": {"all": [{"eq": ["$place", "shop"]}, {"gt": ["$area", 50]}]},
            "questions": [{"key": "seats", "label": "座位数", "kind": "integer", "required": False, "max_length": 5}],
        },
        {
            "key": "agent",
            "title": "代办人",
            "when": "$represented",
            "questions": [{"key": "agent", "label": "代办人姓名", "kind": "person_name"}],
        },
    ]
}

FORM: Form = form_from_tree(TREE)
ANSWERS = {"name": "张三", "company": False, "place": "shop", "area": "80.5"}


def question(kind: str, **more: Any) -> Question:
    tree = {"pages": [{"key": "p", "title": "页", "questions": [{"key": "q", "label": "项目", "kind": kind, **more}]}]}
    return form_from_tree(tree).questions[0]
