"""/desk: the officer's work."""

from django.urls import path

from onedoor.desk.agency import errand as errands
from onedoor.desk.agency import views as agency
from onedoor.desk.catalogue import drafts, uploading
from onedoor.desk.catalogue import editing as editor
from onedoor.desk.catalogue import standards as levels
from onedoor.desk.catalogue import views as catalogue
from onedoor.desk.consult import views as consult
from onedoor.desk.director import views as director
from onedoor.desk.inbox import batch, team, words
from onedoor.desk.inbox import views as inbox
from onedoor.desk.moving import views as moving
from onedoor.desk.people import person
from onedoor.desk.people import views as people
from onedoor.desk.relay import looking as scanned
from onedoor.desk.relay import views as relay
from onedoor.desk.review import looking
from onedoor.desk.review import views as review
from onedoor.desk.standards import checking, comparing, lagging, laws, norms
from onedoor.desk.whatif import views as whatif
from onedoor.desk.window import supplements, visits
from onedoor.desk.window import views as window

app_name = "desk"
urlpatterns = [
    path("consult/", consult.listing, name="consult"),
    path("consult/<str:question>/", consult.question, name="consult_question"),
    path("consult/<str:question>/<str:act>/", consult.act, name="consult_act"),
    path("catalogue/", catalogue.home, name="catalogue"),
    path("catalogue/claim/<str:family>/", catalogue.claim, name="catalogue_claim"),
    path("catalogue/standards/<str:family>/<str:area>/", levels.standard, name="catalogue_standard"),
    path("catalogue/standards/<str:family>/<str:area>/open/", levels.begin, name="catalogue_standard_open"),
    path("catalogue/items/<str:code>/", catalogue.item, name="catalogue_item"),
    path("catalogue/items/<str:code>/do/<str:act>/", catalogue.item_act, name="catalogue_item_act"),
    path("catalogue/items/<str:code>/whatif/", whatif.forecasting, name="catalogue_whatif"),
    path("catalogue/items/<str:code>/plan.bpmn", whatif.bpmn, name="catalogue_bpmn"),
    path("catalogue/items/<str:code>/moving/", moving.overview, name="moving"),
    path("catalogue/items/<str:code>/moving/do/<str:act>/", moving.act, name="moving_act"),
    path("catalogue/moving/<int:run>/", moving.batch, name="moving_run"),
    path("catalogue/moving/<int:run>/do/<str:act>/", moving.batch_act, name="moving_run_act"),
    path("catalogue/drafts/<int:draft>/", drafts.draft, name="catalogue_draft"),
    path("catalogue/drafts/<int:draft>/do/<str:act>/", drafts.act, name="catalogue_act"),
    path("catalogue/drafts/<int:draft>/try/", drafts.attempt, name="catalogue_try"),
    path("catalogue/drafts/<int:draft>/edit/<str:place>/", editor.edit, name="catalogue_edit"),
    path("catalogue/drafts/<int:draft>/papers/<str:place>/", uploading.paper, name="catalogue_paper"),
    path("agency/", agency.errands, name="agency"),
    path("agency/new/", agency.who, name="agency_new"),
    path("agency/fill/<str:villager>/", agency.choose, name="agency_items"),
    path("agency/fill/<str:villager>/<str:code>/", agency.sheet, name="agency_sheet"),
    path("agency/<str:errand>/", errands.errand, name="agency_errand"),
    path("agency/<str:errand>/ended/", errands.ended, name="agency_ended"),
    path("agency/<str:errand>/do/<str:act>/", errands.act, name="agency_act"),
    path("", inbox.inbox, name="inbox"),
    path("search/", inbox.search, name="search"),
    path("filters/", inbox.filters, name="filters"),
    path("batch/", batch.batch, name="batch"),
    path("docket/", team.docket, name="docket"),
    path("absence/", team.absence, name="absence"),
    path("words/", words.words, name="words"),
    path("director/", director.overview, name="director"),
    path("director/places/", director.places, name="director_places"),
    path("director/cases/", director.behind, name="director_cases"),
    path("director/export/<str:kind>/<str:form>/", director.export, name="director_export"),
    path("people/", people.people, name="people"),
    path("people/new/", people.new, name="person_new"),
    path("people/administrators/<int:account>/", person.administrator, name="administrator"),
    path("people/administrators/<int:account>/do/<str:act>/", person.administrator_act, name="administrator_act"),
    path("people/<int:person>/", person.person, name="person"),
    path("people/<int:person>/do/<str:act>/", person.act, name="person_act"),
    path("standards/", checking.overview, name="standards"),
    path("standards/check/", checking.findings, name="standards_check"),
    path("standards/check/export/<str:form>/", checking.export, name="standards_export"),
    path("standards/behind/", lagging.behind, name="standards_behind"),
    path("standards/compare/", comparing.families, name="standards_compare"),
    path("standards/compare/<str:family>/", comparing.compare, name="standards_family"),
    path("standards/norms/", norms.norms, name="standards_norms"),
    path("standards/laws/", laws.register, name="standards_laws"),
    path("standards/laws/<str:name>/", laws.law, name="standards_law"),
    path("cases/<str:number>/", review.case, name="case"),
    path("cases/<str:number>/do/<str:act>/", review.act, name="act"),
    path("cases/<str:number>/preview/<str:act>/", review.preview, name="preview"),
    path("cases/<str:number>/here/", review.here, name="here"),
    path("cases/<str:number>/look/<str:material>/<str:file>/", looking.look, name="look"),
    path("cases/<str:number>/look/<str:material>/<str:file>/<int:sheet>.png", looking.picture, name="picture"),
    path("cases/<str:number>/files/<str:material>/<str:file>/", review.file, name="file"),
    path("cases/<str:number>/papers/<str:kind>/", review.paper, name="paper"),
    path("relay/", relay.relays, name="relays"),
    path("relay/new/<str:visit>/", relay.new, name="relay_new"),
    path("relay/<str:number>/", relay.relay, name="relay"),
    path("relay/<str:number>/do/<str:act>/", relay.act, name="relay_act"),
    path("relay/<str:number>/files/", scanned.add, name="relay_scan"),
    path("relay/<str:number>/files/<str:file>/", scanned.look, name="relay_look"),
    path("relay/<str:number>/files/<str:file>/original/", scanned.original, name="relay_original"),
    path("relay/<str:number>/files/<str:file>/<int:sheet>/", scanned.picture, name="relay_picture"),
    path("relay/<str:number>/papers/<str:kind>/", relay.paper, name="relay_paper"),
    path("window/", window.who, name="window"),
    path("window/supplement/", supplements.find, name="window_supplement"),
    path("window/supplement/<str:number>/", supplements.take_in, name="window_supplement_case"),
    path("window/<str:visit>/", window.choose, name="window_items"),
    path("window/<str:visit>/done/", visits.receipt, name="window_visit"),
    path("window/<str:visit>/close/", visits.close, name="window_close"),
    path("window/<str:visit>/originals/", visits.give_back, name="window_originals"),
    path("window/<str:visit>/<str:code>/", window.sheet, name="window_sheet"),
    path("window/<str:visit>/receipts/<str:key>/", visits.receipt, name="window_receipt"),
    path("window/<str:visit>/supplements/<str:number>/", supplements.take_in, name="window_take_supplement"),
    path("window/<str:visit>/papers/<str:kind>/", visits.paper, name="window_paper"),
    path("window/<str:visit>/papers/<str:kind>/<str:number>/", visits.paper, name="window_case_paper"),
]
