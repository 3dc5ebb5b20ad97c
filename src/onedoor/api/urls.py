"""/api/v1: OpenAPI 3.1 at /api/v1/openapi.json."""

from django.urls import path
from ninja import NinjaAPI

from onedoor.api import cases, items, journal, problems

api = NinjaAPI(
    title="OneDoor 一扇门",
    version="1.0.0",
    description="事项公开读取；系统凭客户端凭证替申请人提交、跟踪办件，读取日志。错误为 problem+json。",
    docs_url=None,
    urls_namespace="api",
)
problems.register(api)
api.add_router("", items.router)
api.add_router("", cases.router)
api.add_router("", journal.router)

urlpatterns = [path("", api.urls)]
