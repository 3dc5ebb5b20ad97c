"""Addresses of finding."""

from django.urls import path

from onedoor.portal.find import views

urlpatterns = [path("", views.home, name="home")]
