"""Ends its whole process group once its parent is gone, so that even a killed supervisor leaves no orphans.

The supervisor starts this first, as the leader of a new process group, and starts every service in
that group. It holds the other end of this process's standard input and never writes: the pipe
closes when the supervisor ends, however it ends. Works without threads, signals from the kernel or
code inside the services, on every POSIX system.
"""

import os
import signal
import sys
import time


def main() -> None:
    """Waits for the pipe to close; then SIGTERM to the group and, argv[1] seconds later, SIGKILL."""
    grace_s = float(sys.argv[1])
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdin.buffer.read()
    os.killpg(0, signal.SIGTERM)
    time.sleep(grace_s)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
