"""Addresses of 我的."""

from django.urls import path

from onedoor.portal.account import licences, mandates, offers, views

urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("mine/messages/", views.messages, name="messages"),
    path("mine/messages/read/", views.read, name="messages_read"),
    path("mine/readings/", views.readings, name="readings"),
    path("mine/licences/<str:number>/<str:what>/", licences.licence, name="licence"),
    path("mine/offers/", offers.offers, name="offers"),
    path("mine/mandates/", mandates.mandates, name="mandates"),
    path("mine/mandates/new/", mandates.grant, name="mandate_grant"),
    path("mine/mandates/<int:number>/revoke/", mandates.revoke, name="mandate_revoke"),
]
