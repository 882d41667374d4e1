import pytest
from django.core import mail

from rtcm.jobs import smtp
from rtcm.jobs.letters import write_letter
from rtcm.jobs.models import Job, LeaseLost, Message
from rtcm.jobs.performing import perform
from rtcm.jobs.sending import forget_secrets

pytestmark = pytest.mark.django_db

CONTEXT = {
    "name": "Amina",
    "training": "Borders",
    "dates": "1–2 May 2027",
    "place": "Baku",
    "url": "http://localhost:8000/en/me/",
}


def write(key: str = "1", **changes) -> Message:
    about = {"to": "amina@example.org", "language": "en", "context": CONTEXT}
    return write_letter("trainings/confirmed", dedupe_key=key, **{**about, **changes})


def send(letter: Message) -> Message:
    perform(letter.job.pk)
    letter.refresh_from_db()
    return letter


def test_a_letter_arrives_whole(sink):
    letter = send(write())

    arrived = sink.letters[0].parsed
    assert arrived["Message-ID"] == letter.message_id
    assert arrived["To"] == "amina@example.org"
    assert arrived["Subject"] == letter.subject
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived["Content-Language"] == "en"
    assert arrived["Date"].datetime == letter.created_at.replace(microsecond=0)
    assert sink.letters[0].text().replace("\r", "") == letter.body_text
    assert '<html lang="en">' in sink.letters[0].text("html")
    assert (letter.state, letter.job.state) == ("sent", "done")
    assert letter.sent_at


def test_a_letter_rung_five_times_arrives_once(sink):
    letter = write()

    for _ in range(5):
        send(letter)

    assert sink.message_ids() == [letter.message_id]


def test_many_letters_share_one_connection(sink):
    for n in range(10):
        send(write(str(n)))

    assert len(sink.letters) == 10
    assert sink.connections == 1


def test_a_line_that_went_stale_is_replaced_without_a_failed_attempt(sink):
    send(write("1"))
    smtp.held.line.connection.sock.shutdown(2)

    letter = send(write("2"))

    assert (letter.state, letter.job.attempts, letter.possible_duplicate) == ("sent", 1, False)
    assert len(sink.letters) == 2


def test_a_closing_server_is_asked_again_later(sink, time_passes):
    sink.mode = "closing"
    letter = send(write())
    assert (letter.state, letter.job.state, letter.error) == ("owed", "waiting", "421 Closing down")

    sink.mode = "accept"
    time_passes()
    send(letter)

    assert (letter.state, letter.error, letter.possible_duplicate) == ("sent", "", False)
    assert len(sink.letters) == 1


def test_a_busy_server_is_asked_again_later(sink, time_passes):
    sink.mode = "busy"
    letter = send(write())
    assert (letter.state, letter.job.state, letter.error) == ("owed", "waiting", "451 Try later")

    sink.mode = "accept"
    time_passes()
    send(letter)

    assert (letter.state, letter.possible_duplicate, len(sink.letters)) == ("sent", False, 1)


def test_a_permanent_refusal_fails_at_once_and_visibly(sink):
    sink.mode = "permanent"

    letter = send(write())

    assert (letter.state, letter.error) == ("failed", "550 No such person")
    assert (letter.job.state, letter.job.attempts) == ("failed", 1)
    assert letter.job.last_error == "550 No such person"


def test_staff_send_a_failed_letter_again(sink):
    sink.mode = "permanent"
    letter = send(write())
    sink.mode = "accept"

    assert letter.retry()
    send(letter)

    assert (letter.state, letter.job.state, len(sink.letters)) == ("sent", "done", 1)


def test_a_hanging_server_frees_the_worker(sink, time_passes):
    sink.mode = "hang"
    letter = send(write())
    assert (letter.state, letter.possible_duplicate) == ("owed", False)

    sink.mode = "accept"
    time_passes()
    send(letter)

    assert (letter.state, letter.possible_duplicate, len(sink.letters)) == ("sent", False, 1)


def test_an_absent_server_is_asked_again_later(sink, settings):
    settings.EMAIL_PORT = 1

    letter = send(write())

    assert (letter.state, letter.job.state) == ("owed", "waiting")
    assert letter.error.startswith("ConnectionRefusedError")


def test_after_a_break_in_data_the_copy_has_the_same_id_and_says_so(sink, time_passes):
    sink.mode = "cut"
    letter = send(write())
    assert (letter.state, letter.possible_duplicate) == ("owed", False)
    assert letter.handed_over_at

    sink.mode = "accept"
    time_passes()
    send(letter)

    assert (letter.state, letter.possible_duplicate) == ("sent", True)
    assert sink.message_ids() == [letter.message_id] * 2
    assert sink.letters[0].parsed["Date"] == sink.letters[1].parsed["Date"]


def test_a_worker_that_died_after_data_is_a_break_too(sink, time_passes):
    letter = write()
    letter.hand_over(Job.objects.claim(letter.job.pk))
    time_passes()

    send(letter)

    assert (letter.state, letter.possible_duplicate) == ("sent", True)


def test_a_letter_that_must_not_come_twice_waits_for_staff_instead(sink, time_passes):
    sink.mode = "cut"
    letter = send(write(once=True))
    sink.mode = "accept"
    time_passes()

    send(letter)
    assert (letter.state, letter.job.state, len(sink.letters)) == ("unknown", "failed", 1)
    letter.retry()
    send(letter)

    assert (letter.state, letter.possible_duplicate, len(sink.letters)) == ("sent", True, 2)


def test_a_late_worker_sends_nothing(sink, time_passes):
    letter = write()
    late = Job.objects.claim(letter.job.pk)
    time_passes()
    send(letter)

    with pytest.raises(LeaseLost):
        letter.hand_over(late)

    assert len(sink.letters) == 1


def test_a_letter_in_the_air_is_not_handed_over_again(time_passes):
    letter = write()
    job = Job.objects.claim(letter.job.pk)
    letter.hand_over(job)

    with pytest.raises(LeaseLost):
        letter.hand_over(job)


def test_after_the_last_attempt_the_letter_has_failed_too(sink):
    sink.mode = "busy"
    letter = write()
    Job.objects.update(max_attempts=1)

    send(letter)

    assert (letter.state, letter.job.state) == ("failed", "failed")


def test_a_letter_whose_worker_died_each_time_is_shown_as_failed(time_passes):
    letter = write()
    Job.objects.update(max_attempts=1)
    Job.objects.claim(letter.job.pk)
    time_passes()
    Job.objects.reclaim()

    assert Message.objects.settle() == 1

    letter.refresh_from_db()
    assert letter.state == "failed"


def test_the_secret_is_sent_and_then_gone(sink):
    letter = send(write(secrets=["Borders"]))

    assert "Borders" in sink.letters[0].text()
    assert "Borders" in sink.letters[0].parsed["Subject"]
    assert (letter.state, letter.secret) == ("sent", "")
    assert "Borders" not in letter.body_text + letter.body_html + letter.subject


def test_a_secret_not_sent_in_time_is_forgotten_and_its_letter_fails(sink):
    letter = write(secrets=["Borders"])
    Message.objects.update(created_at="2020-01-01T00:00Z")
    forget_secrets()

    send(letter)

    assert (letter.state, letter.job.state, sink.letters) == ("failed", "failed", [])
    assert letter.error == "Unreadable: The secret part was not sent in time and is gone."


def test_other_backends_work_as_well():
    letter = send(write())

    assert letter.state == "sent"
    assert mail.outbox[0].extra_headers["Message-ID"] == letter.message_id


def test_nothing_is_sent_in_clear_where_encryption_is_asked_for(sink, settings):
    settings.EMAIL_USE_TLS = True

    letter = send(write())

    assert (letter.state, letter.job.state, sink.letters) == ("owed", "waiting", [])
    assert letter.error.startswith("SMTPNotSupportedError")


def test_a_refused_sign_in_fails_no_letter(sink, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "rtcm", "wrong"

    letter = send(write())

    assert (letter.state, letter.job.state) == ("owed", "waiting")
