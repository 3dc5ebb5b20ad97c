"""Addresses of confirming what an agent filled in."""

from django.urls import path

from onedoor.portal.agency import views

urlpatterns = [
    path("agency/", views.enter, name="agency"),
    path("agency/<str:errand>/", views.errand, name="agency_errand"),
    path("agency/<str:errand>/<str:act>/", views.act, name="agency_act"),
]
