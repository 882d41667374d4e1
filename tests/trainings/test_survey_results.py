"""What an evaluation found: numbers worked out by hand, and what stays between five people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.making.testing import opened
from trainings import surveys
from trainings.models import Survey
from trainings.survey_questions import FIXED
from trainings.survey_results import results, worked_out

pytestmark = pytest.mark.django_db
END, FOLLOW_UP = Survey.Kind.END, Survey.Kind.FOLLOW_UP


def answered(values: list[str], close: bool = True, kind: str = END, key: str = "overall"):
    survey = opened(people=len(values), kind=kind)
    for guest, value in zip(survey.guests.all(), values, strict=True):
        surveys.answer(guest, {key: value})
    if close:
        surveys.close_now(survey)
    survey.refresh_from_db()
    return survey


def test_counts_and_mean_are_those_worked_out_by_hand():
    found = results(answered(["5", "5", "4", "1", "0", "3"]))

    overall = next(one for one in found.found if one.question.key == "overall")
    assert (found.asked, found.answered, found.rate) == (6, 6, 100)
    assert [bar.n for bar in overall.bars] == [2, 1, 1, 0, 1]
    assert (overall.n, overall.mean) == (5, 18 / 5)  # no opinion is not counted


def test_nothing_is_shown_before_it_has_closed():
    found = results(answered(["5"] * 6, close=False))

    assert (found.answered, found.found, found.groups) == (6, [], [])
    assert found.why_hidden


def test_fewer_than_five_answers_stay_hidden():
    found = results(answered(["5"] * 4))

    assert (found.answered, found.found, found.groups) == (4, [], [])
    assert found.why_hidden == "Fewer than five people answered, so the results stay hidden."


def test_a_question_that_fewer_than_five_answered_stays_hidden():
    found = results(answered(["5", "5", "5", "5", "0"]))

    overall = next(one for one in found.found if one.question.key == "overall")
    assert (overall.hidden, overall.bars, overall.mean, overall.n) == (True, [], None, 0)


def follow_up(rows: list[dict[str, str]]) -> Survey:
    survey = opened(people=len(rows), kind=FOLLOW_UP, ago=200)
    for guest, row in zip(survey.guests.all(), rows, strict=True):
        surveys.answer(guest, row)
    surveys.close_now(survey)
    survey.refresh_from_db()
    return survey


def test_two_groups_of_five_are_compared():
    rows = [{"still_in_post": "yes", "used": "5"}] * 5 + [{"still_in_post": "no", "used": "2"}] * 5

    groups = results(follow_up(rows)).groups

    assert [(group.label, group.n, dict(group.means)[group.means[0][0]]) for group in groups] == [
        ("Yes", 5, 5),
        ("No", 5, 2),
    ]


@pytest.mark.parametrize("no", [1, 4])
def test_a_small_group_hides_both_since_it_could_be_worked_out(no):
    rows = [{"still_in_post": "yes", "used": "5"}] * 6 + [{"still_in_post": "no"}] * no

    assert results(follow_up(rows)).groups == []


def test_a_mean_is_hidden_where_a_side_is_too_small_in_that_question():
    rows = [{"still_in_post": "yes", "used": "5"}] * 5 + [{"still_in_post": "no"}] * 4
    rows.append({"still_in_post": "no", "used": "1"})

    groups = results(follow_up(rows)).groups

    assert [mean for group in groups for _question, mean in group.means if mean is not None] == []


@given(counts=st.lists(st.integers(0, 12), min_size=3, max_size=3))
def test_no_number_shown_stands_on_fewer_than_five(counts):
    """Whatever the answers. A side that nobody is on tells nothing about anybody."""
    values = dict(zip(("yes", "no", "0"), counts, strict=True))
    rows = [{"still_in_post": value, "used": "3"} for value, n in values.items() for _ in range(n)]

    found, groups = worked_out(FIXED[FOLLOW_UP], rows, 5)

    assert all(one.hidden or one.n >= 5 for one in found if one.question.kind != "text")
    assert all(group.n >= 5 for group in groups)
    assert not groups or counts[2] in {0, *range(5, 13)}
