"""The document of a paper: a pure function of its row, drawn by the template of its kind."""

from django.template.loader import render_to_string
from django.utils import translation

from trainings.models import Paper
from trainings.papers import PAPERS
from trainings.pdf import ENGINE, write

RENDERER = f"{ENGINE} papers 1"


def html(paper: Paper) -> str:
    with translation.override(paper.language):
        return render_to_string(PAPERS[paper.kind].template, {"paper": paper, **paper.facts})


def render(paper: Paper) -> bytes:
    return write(html(paper), styles=PAPERS[paper.kind].styles, identifier=paper.digest)
