"""Which adapter serves which port, and what the worker process does again and again."""

from django.conf import settings

from onedoor.config.loops import Loop, rotate_logs

LOOPS: list[Loop] = []  # the worker's loops; a context that needs one adds a line in ``connect``


def connect() -> None:
    """Called once, when all apps are loaded."""
    _connect_journal()
    _connect_vault()
    _connect_notices()
    _connect_hall()
    _connect_watch()
    _connect_cases()
    LOOPS.append(rotate_logs())


def _connect_cases() -> None:
    from onedoor.cases import jobs
    from onedoor.cases.rules.papers.rehearsal import rehearse
    from onedoor.items import ports as items
    from onedoor.journal import ports
    from onedoor.supervision.jobs import FiguresFollower

    ports.follow(jobs.CalendarFollower())
    ports.follow(FiguresFollower())
    items.connect(rehearse=rehearse)
    LOOPS.append(Loop("case sweeper", 5.0, jobs.sweep))
    LOOPS.append(Loop("case dispatcher", 1.0, jobs.look_for_new))


def _connect_vault() -> None:
    from onedoor.config.adapters.scanning import Clamd
    from onedoor.config.adapters.storage import blobs
    from onedoor.vault import ports

    held = settings.VAULT
    ports.connect(blobs=blobs(held, settings.DATA), scanner=Clamd(held["clamd"]) if held["clamd"] else None)


def _connect_notices() -> None:
    from onedoor.config.adapters.addresses import Registers
    from onedoor.config.adapters.messages import HttpSms, SmtpMail
    from onedoor.notices import ports

    sms, mail = settings.NOTICES["sms"], settings.NOTICES["mail"]
    ports.connect(
        sms=HttpSms(sms["url"], token=sms["token"]) if sms["url"] else None,
        mail=SmtpMail(mail["url"], sender=mail["sender"]) if mail["url"] else None,
        book=Registers(),
    )


def _connect_hall() -> None:
    from onedoor.config.adapters.readers import HttpCardReader
    from onedoor.hall import ports

    url = settings.CARD_READER["url"]
    ports.connect(reader=HttpCardReader(url, token=settings.CARD_READER["token"]) if url else None)


def _connect_watch() -> None:
    from onedoor.config import health, watch

    health.CHECKS.extend((watch.scanner, watch.messages))


def _connect_journal() -> None:
    from onedoor.config import health
    from onedoor.config.adapters.signing import SoftSigner
    from onedoor.journal import jobs, ports, queries

    ports.use_signer(SoftSigner(settings.JOURNAL_KEY_FILE))
    health.CHECKS.append(health.seal_lag(lambda: queries.seal_lag().seconds))
    LOOPS.append(Loop("journal sealer", 1.0, jobs.seal))
    LOOPS.append(Loop("journal followers", 0.5, jobs.follow))
