"""The addresses of every face."""

from django.urls import URLPattern, URLResolver, include, path

from onedoor.config import health
from onedoor.config.account_urls import token_urlpatterns

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health.health, name="health"),
    path("health.json", health.health_json, name="health-json"),
    path("", include("onedoor.ui.urls")),
    path("", include("onedoor.portal.urls")),
    path("account/", include("onedoor.config.account_urls")),
    path("desk/", include("onedoor.desk.urls")),
    path("", include("onedoor.demo.tour")),
    path("api/v1/", include("onedoor.api.urls")),
    path("oauth/", include(token_urlpatterns)),
]

handler400 = "onedoor.ui.errors.bad_request"
handler403 = "onedoor.ui.errors.forbidden"
handler404 = "onedoor.ui.errors.not_found"
handler500 = "onedoor.ui.errors.inner_fault"
