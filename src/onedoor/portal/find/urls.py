"""Addresses of finding."""

from django.urls import path

from onedoor.portal.find import look, papers, searching, views

urlpatterns = [
    path("", views.home, name="home"),
    path("look/", look.look, name="look"),
    path("look/halls/", look.halls, name="halls"),
    path("search/", searching.search, name="search"),
    path("search/suggest/", searching.suggest, name="suggest"),
    path("items/", views.browse, name="browse"),
    path("items/<str:code>/", views.item, name="item"),
    path("items/<str:code>/form/", views.blank_form, name="blank_form"),
    path("items/<str:code>/papers/<str:key>/blank.pdf", papers.pdf, {"form": "blank"}, name="paper_blank"),
    path("items/<str:code>/papers/<str:key>/sample.pdf", papers.pdf, {"form": "sample"}, name="paper_sample"),
    path("items/<str:code>/papers/<str:key>/<str:form>/", papers.file, name="paper_file"),
]
