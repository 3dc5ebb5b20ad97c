"""/desk: the officer's work."""

from django.urls import path

from onedoor.desk.inbox import views as inbox
from onedoor.desk.review import views as review

app_name = "desk"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("search/", inbox.search, name="search"),
    path("cases/<str:number>/", review.case, name="case"),
    path("cases/<str:number>/do/<str:act>/", review.act, name="act"),
    path("cases/<str:number>/files/<str:material>/<str:file>/", review.file, name="file"),
    path("cases/<str:number>/papers/<str:kind>/", review.paper, name="paper"),
]
