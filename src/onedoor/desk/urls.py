"""/desk: the officer's work."""

from django.urls import path

from onedoor.desk.inbox import views as inbox
from onedoor.desk.review import views as review
from onedoor.desk.window import supplements
from onedoor.desk.window import views as window

app_name = "desk"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("search/", inbox.search, name="search"),
    path("cases/<str:number>/", review.case, name="case"),
    path("cases/<str:number>/do/<str:act>/", review.act, name="act"),
    path("cases/<str:number>/files/<str:material>/<str:file>/", review.file, name="file"),
    path("cases/<str:number>/papers/<str:kind>/", review.paper, name="paper"),
    path("window/", window.who, name="window"),
    path("window/supplement/", supplements.find, name="window_supplement"),
    path("window/supplement/<str:number>/", supplements.take_in, name="window_supplement_case"),
    path("window/<str:visit>/", window.choose, name="window_items"),
    path("window/<str:visit>/<str:code>/", window.sheet, name="window_sheet"),
    path("window/<str:visit>/receipts/<str:key>/", window.receipt, name="window_receipt"),
]
