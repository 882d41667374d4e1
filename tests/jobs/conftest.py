import pytest

from rtcm.jobs import ring, smtp
from rtcm.jobs.models import Job
from tests.jobs import kinds
from tests.smtp_sink import Sink


@pytest.fixture(autouse=True)
def _kinds(settings):
    settings.JOBS = kinds.JOBS
    settings.SWEEPS = []
    kinds.performed.clear()
    ring.breaker.note_success()


@pytest.fixture
def sink(settings):
    with Sink() as sink:
        settings.EMAIL_BACKEND = "rtcm.jobs.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = sink.host, sink.port
        settings.EMAIL_TIMEOUT = 2  # the sink may have to wait for the processor
        yield sink
        smtp.hang_up()


@pytest.fixture
def time_passes():
    """Makes every waiting job due and every lease run out."""

    def pass_time():
        Job.objects.filter(state="waiting").update(next_attempt_at="2020-01-01T00:00Z")
        Job.objects.filter(state="running").update(lease_until="2020-01-01T00:00Z")

    return pass_time
