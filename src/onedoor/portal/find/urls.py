"""Addresses of finding."""

from django.urls import path

from onedoor.portal.find import views

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("items/", views.browse, name="browse"),
    path("items/<str:code>/", views.item, name="item"),
    path("items/<str:code>/form/", views.blank_form, name="blank_form"),
    path("ask/", views.ask, name="ask"),
]
