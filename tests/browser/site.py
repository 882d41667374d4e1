"""The whole portal, live: web server, worker, reconciler, broker and mail server.

It works on a database of its own that is filled with the demo once, so that no other test meets
its rows. The browser tests share it; each makes the trainings it needs.
"""

import contextlib
import http.client
import io
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings

from rtcm.accounts.models import User
from rtcm.children import Child, bound, free_port, stop_all
from rtcm.jobs.models import Job
from rtcm.place import programs
from tests import make
from tests.browser.settings import PASSWORD_HASHERS
from tests.making.credentials import key_folder
from tests.smtp_sink import Sink, wait_until

LOADING = ["load_countries", "sync_roles", "load_gcm", "load_library", "load_history", "load_demo"]
WORKER = ["-m", "celery", "-A", "rtcm", "worker", "-Q", "mail,documents,default", "-c", "1"]
PATIENCE = 60  # seconds; the machine may be busy with other things


class Site:
    def __init__(self, folder: Path, sink: Sink, database: str) -> None:
        self.folder, self.sink, self.database = folder, sink, database
        self.port, self.broker_port = free_port(), free_port()
        self.origin = f"http://localhost:{self.port}"
        self.children: list[Child] = []
        self.keys = key_folder(folder)

    def start(self) -> None:
        keeping = ["--bind", "127.0.0.1", "--save", "", "--dir", self.folder]
        self.run("broker", programs()[1], "--port", str(self.broker_port), *keeping)
        web = self.run("web", sys.executable, "-m", "gunicorn", "rtcm.wsgi")
        self.run("worker", sys.executable, *WORKER)
        self.run("reconciler", sys.executable, "manage.py", "reconcile")
        wait_until(lambda: self.answers(web), PATIENCE, every=0.2)

    def run(self, name: str, *command: str | Path) -> Child:
        log = self.folder / f"{name}.log"
        killed = bound(command, "KILL")
        child = Child(name, killed, log, self.environment(), farewell=signal.SIGKILL)
        child.start()
        self.children.append(child)
        return child

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "DATABASE_URL": address_of(self.database),
            "REDIS_URL": f"redis://127.0.0.1:{self.broker_port}/0",
            "CACHE_URL": settings.CACHE_URL,  # ours, which is emptied around every test
            "SITE_ORIGIN": self.origin,
            "PORT": str(self.port),
            "WEB_WORKERS": "1",
            "EMAIL_HOST": self.sink.host,
            "EMAIL_PORT": str(self.sink.port),
            "MEDIA_ROOT": str(self.folder / "media"),
            "CREDENTIAL_KEYS": self.keys,
            "RTCM_RECONCILE_SECONDS": "5",
            "PYTHONUNBUFFERED": "1",
        }

    def answers(self, web: Child) -> bool:
        assert web.running, web.last_words()
        with contextlib.suppress(OSError, http.client.HTTPException):
            door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            with contextlib.closing(door):
                door.request("GET", "/en/")
                return door.getresponse().status == 200
        return False

    @contextlib.contextmanager
    def inside(self) -> Iterator[None]:
        """Here the models of the test mean the rows of the site."""
        with (
            connected_to(self.database),
            override_settings(
                SITE_ORIGIN=self.origin,
                MEDIA_ROOT=self.folder / "media",
                CREDENTIAL_KEYS=self.keys,
            ),
        ):
            yield


def address_of(database: str) -> str:
    known = connection.settings_dict
    secret = f":{quote(known['PASSWORD'], safe='')}" if known["PASSWORD"] else ""
    place = f"{known['HOST']}:{known['PORT']}"
    return f"postgres://{quote(known['USER'], safe='')}{secret}@{place}/{database}"


@contextlib.contextmanager
def own_database() -> Iterator[str]:
    """A database with all tables and no row, for as long as this lasts."""
    name = f"{connection.settings_dict['TEST']['NAME']}_site"
    drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    ask_server(drop, f'CREATE DATABASE "{name}"')
    try:
        with connected_to(name):
            call_command("migrate", interactive=False, verbosity=0)
        yield name
    finally:
        ask_server(drop)


def ask_server(*sentences: str) -> None:
    with connected_to("postgres"), connection.cursor() as cursor:
        for sentence in sentences:
            cursor.execute(sentence)


@contextlib.contextmanager
def connected_to(database: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = before


def fill() -> None:
    """The demo's data. Staff get the second step that only the demo does without."""
    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        for command in LOADING:
            call_command(command, stdout=io.StringIO())
    for user in User.objects.filter(is_staff=True):
        make.second_factor(user)
    # Documents of invented people would keep the worker busy for minutes.
    ours = User.objects.filter(person__applications__certificates__isnull=False)
    numbers = ours.values_list("person__applications__certificates__number", flat=True)
    keys = [f"certificate:{number}" for number in numbers]
    Job.objects.filter(kind="certificate").exclude(dedupe_key__in=keys).delete()


@contextlib.contextmanager
def live(folder: Path) -> Iterator[Site]:
    """The site on a database of its own, filled and answering."""
    with own_database() as database, Sink() as sink:
        site = Site(folder, sink, database)
        try:
            with site.inside():
                fill()
                site.start()
            yield site
        finally:
            stop_all(site.children)
