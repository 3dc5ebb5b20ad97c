"""Tables of organs, people and places. Nobody outside this context reads them."""

from onedoor.orgs.models.organs import Organ, Post
from onedoor.orgs.models.people import Absence, Assignment, Authorisation, Cover, Staff
from onedoor.orgs.models.sites import Device, Site, SiteState

__all__ = [
    "Absence",
    "Assignment",
    "Authorisation",
    "Cover",
    "Device",
    "Organ",
    "Post",
    "Site",
    "SiteState",
    "Staff",
]
