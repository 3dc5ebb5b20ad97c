"""The context as Django sees it."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """机构, 岗位, 人员, 首席代表, 大厅 and other sites."""

    name = "onedoor.orgs"
    default_auto_field = "django.db.models.BigAutoField"
