"""Addresses of the citizen's face, by what a visitor does. One namespace: ``portal``."""

from django.urls import include, path

app_name = "portal"
urlpatterns = [
    path("", include("onedoor.portal.find.urls")),
    path("", include("onedoor.portal.apply.urls")),
    path("", include("onedoor.portal.track.urls")),
    path("", include("onedoor.portal.heard.urls")),
    path("", include("onedoor.portal.relay.urls")),
    path("", include("onedoor.portal.rate.urls")),
    path("", include("onedoor.portal.account.urls")),
    path("", include("onedoor.portal.consult.urls")),
    path("", include("onedoor.portal.places.urls")),
    path("", include("onedoor.portal.agency.urls")),
]
