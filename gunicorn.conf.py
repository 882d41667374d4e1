"""How the web server runs, in the demo and in the image alike; gunicorn finds this file itself."""

import ipaddress
import os

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
worker_class = "gthread"  # a request that waits for PostgreSQL does not hold up the health page
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 30
graceful_timeout = 20
keepalive = 5
max_requests = 10_000
max_requests_jitter = 1_000
worker_tmp_dir = "/dev/shm"  # noqa: S108 - heartbeats only; the image's own files are read-only
control_socket_disable = True


def on_starting(server):
    """Everybody knows the demo's passwords: it must not listen to other machines."""
    if os.environ.get("RTCM_DEMO", "0") not in ("", "0"):
        for address in server.cfg.address:
            if not (isinstance(address, str) or ipaddress.ip_address(address[0]).is_loopback):
                raise SystemExit("The demo listens on 127.0.0.1 only: remove BIND or RTCM_DEMO.")
