"""``onedoor simulate sms|mail|reader --port N``: providers that send nothing, readers that read no real card."""

import json
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from onedoor.simulators import control, mail, reader, sms


class Command(BaseCommand):
    help = "外部服务模拟器：sms 短信，mail 邮件，reader 读卡器。只记录，不发送，不读真实证件。"
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True)
        for name, words in (("sms", "短信服务（HTTP）"), ("mail", "邮件服务（SMTP）"), ("reader", "读卡器（HTTP）")):
            kind = kinds.add_parser(name, help=words)
            kind.add_argument("--port", type=int, default=0, help="0 = 任意空闲端口")
            if name == "mail":
                kind.add_argument("--control-port", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        start = {"sms": self._sms, "mail": self._mail, "reader": self._reader}[options["kind"]]
        servers = start(options)
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        for server in servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()
        stopped.wait()
        for server in servers:
            server.shutdown()

    def _sms(self, options: dict[str, Any]) -> list[Any]:
        server = control.serve(sms.SmsDesk, control.Record(sms.WHAT), options["port"])
        port = server.server_address[1]
        self._ready(sms.WHAT, url=f"http://127.0.0.1:{port}/sms", control=f"http://127.0.0.1:{port}/")
        return [server]

    def _mail(self, options: dict[str, Any]) -> list[Any]:
        record = control.Record(mail.WHAT)
        server = mail.serve(record, options["port"])
        desk = control.serve(type("MailDesk", (control.Desk,), {"default_code": 451}), record, options["control_port"])
        self._ready(
            mail.WHAT,
            url=f"smtp://127.0.0.1:{server.server_address[1]}",
            control=f"http://127.0.0.1:{desk.server_address[1]}/",
        )
        return [server, desk]

    def _reader(self, options: dict[str, Any]) -> list[Any]:
        server = control.serve(reader.ReaderDesk, reader.Readers(reader.WHAT), options["port"])
        port = server.server_address[1]
        self._ready(reader.WHAT, url=f"http://127.0.0.1:{port}/read", control=f"http://127.0.0.1:{port}/")
        return [server]

    def _ready(self, what: str, **addresses: str) -> None:
        self.stdout.write(json.dumps({"ready": what, **addresses}, ensure_ascii=False))
        self.stdout.flush()
