from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from curriculum.models import Module
from library.citations import FORMATS, as_text
from library.filters import ItemFilter
from library.models import Collection, File, Item, Tally
from library.models.items import ItemQuerySet
from rtcm import uploads
from rtcm.languages import language_name

PER_PAGE = 20
MAY_SEE_MORE = ["curriculum.view_module", "library.view_collection"]  # than the public


@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    form = ItemFilter(request.GET)
    visible = Item.objects.visible_to(request.user)
    found = form.apply(visible)
    tally = None if form.is_used else Tally.current()
    paginator = Paginator(found, PER_PAGE)
    if tally:
        paginator.count = tally.total
    page = paginator.get_page(request.GET.get("page"))
    form.count_choices(visible, tally)
    context = {"form": form, "page": page, "items": page.object_list}
    return render(request, "library/item_list.html", context)


@require_safe
def item_page(request: HttpRequest, slug: str) -> HttpResponse:
    item = get_object_or_404(_visible(request), slug=slug)
    context = {
        "item": item,
        "sees": [request.user.has_perm(name) for name in MAY_SEE_MORE],
        "contributors": item.contributors.all(),
        "objectives": item.objectives.all(),
        "principles": item.principles.all(),
        "countries": item.countries.all(),
        "modules": Module.objects.visible_to(request.user).filter(items=item),
        "collections": Collection.objects.visible_to(request.user).filter(items=item),
        "files": item.files.all(),
        "languages_of_work": [language_name(code) for code in item.languages],
        "opens": item.lets(request.user),
        "citation": SimpleLazyObject(lambda: as_text(item)),
        "formats": list(FORMATS),
    }
    return render(request, "library/item_detail.html", context)


@require_safe
def citation(request: HttpRequest, slug: str, format: str) -> HttpResponse:  # noqa: A002 - its name in addresses
    item = get_object_or_404(_visible(request), slug=slug)
    if format not in FORMATS:
        raise Http404
    wanted = FORMATS[format]
    answer = HttpResponse(wanted.write(item), content_type=f"{wanted.content_type}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{item.slug}.{wanted.extension}"'
    return answer


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    visible = File.objects.visible_to(request.user).select_related("item")
    found = get_object_or_404(visible, pk=pk)
    if not found.item.lets(request.user):
        return _refuse(request, found.item)
    return uploads.answer(found.file, found.name)


def _refuse(request: HttpRequest, item: Item) -> HttpResponse:
    """Signing in may help, except against an embargo."""
    if not request.user.is_authenticated and item.access != Item.Access.EMBARGO:
        return redirect_to_login(request.get_full_path())
    return render(request, "library/file_refused.html", {"item": item}, status=403)


def _visible(request: HttpRequest) -> ItemQuerySet:
    return Item.objects.visible_to(request.user).for_cards()
