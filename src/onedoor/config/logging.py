"""Logs: one JSON object a line, one file a program, without personal values; the worker rotates them by size.

On the command line warnings go to standard error as text.
"""

from __future__ import annotations

import logging
import logging.config
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog

# What must never stand in a log: an ID number, a mobile number, whatever follows a password-like word.
_PERSONAL = (
    (re.compile(r"(?<![0-9A-Za-z])(\d{4})\d{13}[\dXx](?![0-9A-Za-z])"), r"\1**************"),
    (re.compile(r"(?<!\d)(1[3-9]\d)\d{8}(?!\d)"), r"\1********"),
    (re.compile(r"(?i)(password|passwd|secret|token|authorization)(['\"]?\s*[=:]\s*['\"]?)[^\s'\",;&]+"), r"\1\2***"),
)


def mask(text: str) -> str:
    """A text without ID numbers, mobile numbers and secrets."""
    for pattern, kept in _PERSONAL:
        text = pattern.sub(kept, text)
    return text


def mask_event(_logger: Any, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A structlog processor: every text of the event is masked."""
    return {name: mask(value) if isinstance(value, str) else value for name, value in event.items()}


_SHARED: tuple[structlog.typing.Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    mask_event,
)


def configure(options: Mapping[str, Any]) -> None:
    """Django's LOGGING_CONFIG. ``folder``: where the files stand (None = standard error); ``process``: the file."""
    folder: Path | None = options["folder"]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = _file(folder, options["process"]) if folder else {"class": "logging.StreamHandler", "formatter": "text"}
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": _formatter(structlog.processors.JSONRenderer(ensure_ascii=False)),
                "text": _formatter(structlog.dev.ConsoleRenderer(colors=False)),
            },
            "handlers": {"out": handler},
            "root": {"handlers": ["out"], "level": "INFO" if folder else "WARNING"},
            "loggers": {
                "django.server": {"level": "ERROR"},
                "procrastinate": {"level": "WARNING"},
            },
        }
    )


def _file(folder: Path, process: str) -> dict[str, Any]:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {
        "class": "logging.FileHandler",  # several processes append to it
        "filename": str(folder / f"{process}.log"),
        "encoding": "utf-8",
        "formatter": "json",
    }


def _formatter(renderer: structlog.typing.Processor) -> dict[str, Any]:
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        "foreign_pre_chain": list(_SHARED),
    }
