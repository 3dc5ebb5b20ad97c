"""Addresses of being heard, and of what the public is told before a decision."""

from django.urls import path

from onedoor.portal.heard import objecting, views

urlpatterns = [
    path("announcements/", views.announcements, name="announcements"),
    path("announcements/answer/", objecting.answer, name="objection_answer"),
    path("announcements/<str:number>/<str:step>/", objecting.objecting, name="object"),
    path("heard/", views.enter, name="heard_enter"),
    path("heard/<str:number>/", views.heard, name="heard"),
    path("heard/<str:number>/do/<str:act>/", views.act, name="heard_act"),
]
