"""Addresses of the design system."""

from django.urls import path

from onedoor.ui import views

app_name = "ui"
urlpatterns = [path("view/<slug:words>/", views.choose, name="view")]
