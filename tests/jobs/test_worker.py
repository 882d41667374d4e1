"""What a Celery worker does when Redis restarts under it; see rtcm/celery.py."""

import pytest
from kombu import Connection
from kombu.transport import redis

from rtcm.celery import QoS, app
from rtcm.jobs import ring
from tests.proxy import Proxy

KOMBUS_OWN = QoS.__mro__[1]


@pytest.fixture
def proxy(settings):
    port = int(settings.REDIS_URL.rpartition(":")[2].partition("/")[0])
    with Proxy(port) as proxy:
        proxy.url = settings.REDIS_URL.replace(f":{port}", f":{proxy.port}")
        yield proxy


def has_a_slot_after_a_restart(proxy: Proxy, qos: type) -> bool:
    """A worker with one slot takes a message, Redis goes away, the job ends."""
    assert ring.ring(1, "documents")
    ring.hang_up()
    with Connection(proxy.url, transport_options={"max_retries": 0}) as connection:
        channel = connection.channel()
        channel._qos = qos(channel)
        channel.basic_qos(0, 1, False)
        message = channel.basic_get("documents")
        assert not channel.qos.can_consume()

        proxy.mode = "refuse"
        proxy.break_all()
        with pytest.raises(channel.connection_errors):
            message.ack()

        free = channel.qos.can_consume()
        channel.qos._delivered.clear()  # or it would try to give the message back on closing
    return free


def test_a_worker_listens_again_after_redis_restarted_under_it(proxy):
    assert redis.Channel.QoS is QoS
    assert has_a_slot_after_a_restart(proxy, QoS)


def test_kombus_own_would_stay_deaf(proxy):
    """When this fails, kombu has been mended and ours can go."""
    assert not has_a_slot_after_a_restart(proxy, KOMBUS_OWN)


def test_workers_take_json_only_and_no_orders():
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"
    assert app.conf.worker_enable_remote_control is False
    assert app.conf.task_ignore_result is True
    assert app.conf.worker_prefetch_multiplier == 1
