"""Every change of organs, posts, people and places is a legal act with its fact in the journal."""

from onedoor.orgs.commands.importing import DATA, Imported, import_file, import_folder
from onedoor.orgs.commands.organs import (
    abolish_organ,
    abolish_post,
    change_organ,
    change_post,
    create_post,
    establish_organ,
    name_organ,
)
from onedoor.orgs.commands.papers import authorise, pair, revoke_authorisation, unpair
from onedoor.orgs.commands.people import (
    Enrolment,
    accounts_opened,
    announce_absence,
    appoint,
    come_back,
    declare_absence,
    discharge,
    end_absence,
    enrol_staff,
    link_account,
    relieve,
)
from onedoor.orgs.commands.sites import open_site, record_site_state

__all__ = [
    "DATA",
    "Enrolment",
    "Imported",
    "abolish_organ",
    "abolish_post",
    "accounts_opened",
    "announce_absence",
    "appoint",
    "authorise",
    "change_organ",
    "change_post",
    "come_back",
    "create_post",
    "declare_absence",
    "discharge",
    "end_absence",
    "enrol_staff",
    "establish_organ",
    "import_file",
    "import_folder",
    "link_account",
    "name_organ",
    "open_site",
    "pair",
    "record_site_state",
    "relieve",
    "revoke_authorisation",
    "unpair",
]
