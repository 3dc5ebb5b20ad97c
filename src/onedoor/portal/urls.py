"""Addresses of the citizen's face, by what a visitor does. One namespace: ``portal``."""

from django.urls import include, path

app_name = "portal"
urlpatterns = [
    path("", include("onedoor.portal.find.urls")),
]
