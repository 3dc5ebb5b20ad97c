"""What the health page says about files and messages."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from onedoor.config.health import Finding, Level
from onedoor.instance.calling import command
from onedoor.notices import queries as notices
from onedoor.vault import queries as vault


def scanner(now: datetime) -> Finding:
    """Whether uploads are scanned, and whether the scanner answers (where it does not, uploads are refused)."""
    state = vault.scanner_state()
    if not state.configured:
        return Finding("查毒", Level.WARNING, f"{state.label}：上传的文件只做类型、压缩炸弹和测试特征检查")
    return Finding("查毒", Level.GOOD if state.working else Level.BAD, state.label)


def messages(now: datetime) -> Finding:
    """Whether messages leave: channels that are configured, what waits too long, what was given up."""
    state = notices.outbox_state()
    late = timedelta(seconds=settings.NOTICES["lost_after"])
    if state.oldest_due is not None and now - state.oldest_due > late:
        return Finding("消息", Level.BAD, f"{state.queued} 条短信和邮件没有按时发出，请查看后台进程")
    if state.dead:
        text = f"{state.dead} 条发送失败，请用 {command()} notices dead 查看、replay 重发"
        return Finding("消息", Level.WARNING, text)
    missing = [word for word, held in (("短信", state.sms), ("邮件", state.mail)) if not held]
    if missing:
        return Finding("消息", Level.NOTE, f"未配置{'、'.join(missing)}：只有站内消息")
    return Finding("消息", Level.GOOD, "没有积压")
