"""Addresses of following a case, and of verifying a licence."""

from django.urls import path

from onedoor.portal.track import owed, receipt, supplement, verify, views

urlpatterns = [
    path("apply/draft/<uuid:draft>/done/", receipt.receipt, name="done"),
    path("track/", views.track, name="track"),
    path("track/<str:number>/", views.case, name="case"),
    path("track/<str:number>/files/<uuid:file>/", views.file, name="case_file"),
    path("track/<str:number>/papers/<str:kind>/", views.paper, name="paper"),
    path("track/<str:number>/withdraw/", views.withdraw, name="withdraw"),
    path("track/<str:number>/owed/", owed.owed, name="owed"),
    path("track/<str:number>/supplement/", supplement.supplement, name="supplement"),
    path("track/<str:number>/supplement/<uuid:file>/", supplement.file, name="supplement_file"),
    path("verify/", verify.explain, name="verify_how"),
    path("verify/<str:token>/", verify.verify, name="verify"),
]
