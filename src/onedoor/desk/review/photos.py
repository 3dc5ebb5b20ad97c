"""现场照片: uploaded with the verdict of a check on site, kept through any error, opened like a material."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from onedoor.cases.rules.values import PHOTOS
from onedoor.kernel.errors import FieldError
from onedoor.ui.cases import MaterialRow
from onedoor.ui.parts import Tag, Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onedoor.cases.queries import CasePage
    from onedoor.desk.window.materials import Taken

KEY: Final = "photos"
ACCEPTS: Final = "image/jpeg,image/png"


def photo_rows(page: CasePage) -> tuple[MaterialRow, ...]:
    """The photos of each check on site, as a material is shown."""
    names = {step.key: step.name for step in page.steps}
    return tuple(
        MaterialRow(
            f"{PHOTOS}{step}",
            _("现场照片（%(step)s）") % {"step": names.get(step, _("现场核查"))},
            _("%(number)s 张") % {"number": len(taken)},
            Tag(_("工作人员拍摄"), Tone.NONE),
            taken,
        )
        for step, taken in page.case.photos.items()
    )


def refused(taken: Taken) -> Sequence[FieldError]:
    """Which uploads were not kept, and why."""
    return tuple(FieldError(KEY, error.message) for error in taken.errors)
