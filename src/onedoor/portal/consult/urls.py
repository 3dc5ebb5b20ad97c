"""Addresses of 我要问."""

from django.urls import path

from onedoor.portal.consult import pages, views

urlpatterns = [
    path("ask/", views.ask, name="ask"),
    path("ask/open/", pages.open_with_code, name="ask_open"),
    path("ask/answers/<int:entry>/", views.entry, name="ask_entry"),
    path("ask/<str:question>/", pages.question, name="ask_question"),
    path("ask/<str:question>/back/", pages.back, name="ask_back"),
    path("ask/<str:question>/rate/", pages.rate, name="ask_rate"),
    path("mine/questions/", views.mine, name="questions"),
]
