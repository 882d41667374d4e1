"""A paper, for staff who may read papers and for the person it is about."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from rtcm.accounts.models import record_read
from trainings import papers
from trainings.models import Paper


@login_required
@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse | FileResponse:
    visible = Paper.objects.visible_to(request.user)
    found = get_object_or_404(visible.select_related("application__person", "person"), code=code)
    about = found.application.person if found.application else found.person
    if about and found.rendered_at:
        record_read(request.user, about, f"paper: {found.key}")
    return papers.answer(request, found)
