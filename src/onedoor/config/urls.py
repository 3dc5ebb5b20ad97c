"""The addresses of every face."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("onedoor.ui.urls")),
    path("", include("onedoor.portal.urls")),
    path("account/", include("allauth.urls")),
]

handler400 = "onedoor.ui.errors.bad_request"
handler403 = "onedoor.ui.errors.forbidden"
handler404 = "onedoor.ui.errors.not_found"
handler500 = "onedoor.ui.errors.inner_fault"
