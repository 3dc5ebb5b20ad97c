"""Addresses of townships and villages."""

from django.urls import path

from onedoor.portal.places import views

urlpatterns = [
    path("places/", views.local, name="local"),
    path("places/<str:area>/", views.place, name="place"),
    path("places/<str:area>/poster/", views.poster, name="place_poster"),
]
