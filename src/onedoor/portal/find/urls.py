"""Addresses of finding."""

from django.urls import path, re_path

from onedoor.portal.find import papers, views

PAPER = r"^items/(?P<code>[0-9A-Z]+)/papers/(?P<key>[a-z0-9_]+)/(?P<form>blank|sample)\.pdf$"

urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("items/", views.browse, name="browse"),
    path("items/<str:code>/", views.item, name="item"),
    path("items/<str:code>/form/", views.blank_form, name="blank_form"),
    re_path(PAPER, papers.pdf, name="paper_form"),
    path("ask/", views.ask, name="ask"),
]
