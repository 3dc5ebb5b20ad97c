"""A parent process with a tree of two small programs; run by the tests of the tree.

``python example_tree.py FOLDER PORT``: "web" listens on the port, "idle" does nothing, "brittle" (with a third
word) dies at once. Their pids are in FOLDER/<name>.pid.
"""

import sys
from pathlib import Path

from onedoor.instance.tree import Program, Tree, reserve

WEB = """
import os, pathlib, socket, sys, time
folder, port = pathlib.Path(sys.argv[1]), int(sys.argv[2])
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
listener.bind(("127.0.0.1", port))
listener.listen()
(folder / "web.pid").write_text(str(os.getpid()))
time.sleep(60)
"""
IDLE = """
import os, pathlib, sys, time
(pathlib.Path(sys.argv[1]) / "idle.pid").write_text(str(os.getpid()))
time.sleep(60)
"""


def main() -> int:
    folder, port, *brittle = sys.argv[1:]
    home = Path(folder)
    sources = {"web": WEB, "idle": "raise SystemExit(3)" if brittle else IDLE}
    with reserve("127.0.0.1", int(port)):
        return Tree(
            database=None,
            programs=[
                Program(
                    name, [sys.executable, "-c", text, folder, port], log=home / f"{name}.out", environment={}, grace=1
                )
                for name, text in sources.items()
            ],
            ready=lambda: not brittle and (home / "web.pid").exists() and (home / "idle.pid").exists(),
            on_ready=lambda: sys.stdout.write("ready\n") and sys.stdout.flush(),
            say=lambda text: sys.stderr.write(f"{text}\n") and sys.stderr.flush(),
        ).run()


if __name__ == "__main__":
    sys.exit(main())
