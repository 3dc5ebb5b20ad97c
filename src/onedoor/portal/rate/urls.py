"""Addresses of rating."""

from django.urls import path

from onedoor.portal.rate import views

urlpatterns = [
    path("rate/", views.overview, name="rate"),
    path("track/<str:number>/rate/", views.rate, name="rate_case"),
]
