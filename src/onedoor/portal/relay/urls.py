"""Addresses of following what was taken in for elsewhere."""

from django.urls import path

from onedoor.portal.relay import views

urlpatterns = [
    path("relay/", views.relay, name="relay"),
    path("relay/<str:number>/", views.own, name="relay_own"),
]
