"""Addresses of applying."""

from django.urls import path

from onedoor.portal.apply import check, materials, pages, start

urlpatterns = [
    path("apply/<str:code>/", start.start, name="apply"),
    path("apply/draft/<uuid:draft>/", start.resume, name="draft"),
    path("apply/draft/<uuid:draft>/page/<str:key>/", pages.page, name="page"),
    path("apply/draft/<uuid:draft>/materials/", materials.materials, name="materials"),
    path("apply/draft/<uuid:draft>/materials/<str:key>/", materials.material, name="material"),
    path("apply/draft/<uuid:draft>/files/<uuid:file>/", materials.file, name="draft_file"),
    path("apply/draft/<uuid:draft>/check/", check.check, name="check"),
    path("apply/draft/<uuid:draft>/discard/", start.discard, name="discard"),
]
