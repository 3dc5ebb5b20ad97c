"""帮办代办 as pure rules: values, events, fold, acts, and what each place can do."""

from onedoor.agency.rules.acts import Shown, Terms, agent_grant, is_agent, is_applicant, target_of, terms_of
from onedoor.agency.rules.fold import Fact, apply, replay
from onedoor.agency.rules.places import Here, Offer, Role, what_here
from onedoor.agency.rules.values import HOW_NAMES, PROOF_NAMES, STATE_NAMES, Errand, How, Proof, State

__all__ = [
    "HOW_NAMES",
    "PROOF_NAMES",
    "STATE_NAMES",
    "Errand",
    "Fact",
    "Here",
    "How",
    "Offer",
    "Proof",
    "Role",
    "Shown",
    "State",
    "Terms",
    "agent_grant",
    "apply",
    "is_agent",
    "is_applicant",
    "replay",
    "target_of",
    "terms_of",
    "what_here",
]
