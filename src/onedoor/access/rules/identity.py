"""What the national identity service tells about a person, and what of it we believe."""

from __future__ import annotations

from dataclasses import dataclass

from onedoor.kernel.codes import is_valid_id_number
from onedoor.kernel.errors import Refused

REAL_NAME_LEVEL = 2  # 实名核验: below this the service itself has not checked the person


@dataclass(frozen=True, slots=True)
class NationalIdentity:
    """Claims of a signed-in person: identity number, name, and how far the service has checked them."""

    subject: str
    id_number: str
    name: str
    level: int


def check_identity(identity: NationalIdentity) -> None:
    """A sign-in needs a number whose check digit holds, a name, and a real-name level. Raises Refused."""
    if not identity.name.strip() or not is_valid_id_number(identity.id_number):
        raise Refused("identity.incomplete", "身份认证平台没有给出有效的姓名和身份证号，无法登录。请到大厅窗口办理。")
    if identity.level < REAL_NAME_LEVEL:
        raise Refused("identity.level", "您在身份认证平台还没有完成实名核验。请先在该平台完成实名认证，再回来登录。")
