import json
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils.translation import override

from curriculum.ring import CLUSTER_GAP, CLUSTERS, SEGMENT_GAP, arc, dots, reach, segments
from curriculum.templatetags.ring import cluster, ring, ring_dial


def draw(source, **context):
    return Template("{% load ring %}" + source).render(Context(context))


def test_the_ring_has_the_compacts_23_objectives_once_each():
    assert sorted(segment.number for segment in segments()) == list(range(1, 24))


def test_the_clusters_are_the_round_tables_of_the_reference():
    facts = json.loads((settings.BASE_DIR / "curriculum/data/gcm.json").read_text())

    tables = defaultdict(list)
    for objective in facts["objectives"]:
        if objective["round_table"]:
            tables[objective["round_table"]].append(objective["number"])

    assert {name: list(numbers) for name, numbers in CLUSTERS.items()} == dict(tables)


def test_segments_are_equally_long_and_clusters_stand_apart():
    placed = segments()

    lengths = {round(segment.end - segment.start, 6) for segment in placed}
    gaps = [
        (round(after.start - before.end, 6), before.cluster == after.cluster)
        for before, after in pairwise(placed)
    ]

    assert len(lengths) == 1
    assert {gap for gap, same in gaps if same} == {SEGMENT_GAP}
    assert {gap for gap, same in gaps if not same} == {CLUSTER_GAP}
    assert round(360 - placed[-1].end + placed[0].start, 6) == CLUSTER_GAP


def test_an_arc_keeps_to_its_radius():
    for segment in segments():
        numbers = [float(n) for n in re.findall(r"-?\d+\.?\d*", arc(40, segment))]
        x1, y1, x2, y2 = numbers[0], numbers[1], numbers[-2], numbers[-1]

        assert round((x1**2 + y1**2) ** 0.5, 1) == 40.0
        assert round((x2**2 + y2**2) ** 0.5, 1) == 40.0


def test_ten_principles_stand_inside():
    assert [letter for letter, _x, _y in dots(20)] == list("abcdefghij")


def test_nothing_has_no_length_and_little_is_still_seen():
    assert reach(0, 10, 20, 40) == 20
    assert reach(1, 1000, 20, 40) == 22.4
    assert reach(10, 10, 20, 40) == 40
    assert reach(3, 0, 20, 40) == 20


def test_a_covered_objective_is_drawn_in_the_hue_of_its_cluster():
    svg = ring([11, 23])

    assert re.findall(r'class="(ring-\w+)" stroke', svg) == ["ring-off", "ring-2", "ring-4"]
    assert [path.count("M") for path in re.findall(r' d="([^"]+)"', svg)] == [23, 1, 1]


def test_the_text_alternative_names_the_objectives():
    with override("en"):
        assert "<title>Objectives 2, 11</title>" in ring([11, 2])
        assert "<title>Objective 11</title>" in ring([11])
        assert "<title>The whole Compact</title>" in ring([0])
        assert "<title>11. Borders</title>" in ring([11], label="11. Borders")


def test_a_ring_beside_its_own_words_is_silent():
    svg = ring([11], decorative=True)

    assert 'aria-hidden="true"' in svg
    assert "<title>" not in svg


def test_the_whole_compact_is_the_hub():
    assert 'class="ring-hub"' in ring([0])
    assert 'class="ring-hub"' not in ring([1])


@pytest.mark.parametrize("size", [20, 88, 160])
def test_a_ring_carries_no_inline_style(size):
    assert "style=" not in ring([1, 11], size=size, principles="abc")


def test_a_large_ring_prints_the_numbers_it_covers():
    assert re.findall(r">(\d+)</text>", ring([4, 1, 11], size=160)) == ["4", "11", "1"]


def test_a_label_cannot_break_out_of_the_drawing():
    assert "<script>" not in ring([1], label="<script>")


def test_every_segment_of_the_dial_is_a_named_link():
    objectives = [
        SimpleNamespace(number=n, label=f"Label {n}", get_absolute_url=lambda n=n: f"/o/{n}/")
        for n in range(24)
    ]

    svg = ring_dial(objectives, {11: 4})

    assert svg.count("<a ") == 23
    assert 'href="/o/11/" aria-label="11. Label 11: 4"' in svg
    assert 'href="/o/12/" aria-label="12. Label 12: 0"' in svg


def test_the_tag_takes_numbers_from_the_context():
    assert 'width="28"' in draw("{% ring numbers size=28 %}", numbers=[3])


def test_the_mark_is_the_full_ring():
    svg = draw("{% ring_mark %}")

    assert "ring-off" not in svg
    assert svg.count("<circle") == 10


def test_the_file_of_the_mark_is_the_same_drawing():
    file = (Path(settings.BASE_DIR) / "static/img/mark.svg").read_text()

    assert all(arc(39, segment) in file for segment in segments())


def test_every_objective_knows_its_cluster():
    assert [cluster(n) for n in (0, 2, 4, 14, 1)] == [0, 1, 2, 3, 4]
