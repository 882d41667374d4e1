from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from curriculum.models import Edition, Module, Objective, RoundTable


@dataclass
class Row:
    """One objective and the modules that teach it."""

    objective: Objective
    modules: list[Module] = field(default_factory=list)


@dataclass
class Cluster:
    round_table: RoundTable
    rows: list[Row] = field(default_factory=list)


@require_safe
def module_list(request: HttpRequest) -> HttpResponse:
    modules = list(Module.objects.published().for_cards())
    rows = by_objective(list(Objective.objects.all()), modules)
    context = {
        "edition": Edition.objects.in_force().first(),
        "modules": modules,
        "clusters": [
            Cluster(table, [row for row in rows if row.objective.round_table == table])
            for table in RoundTable
        ],
        "general": next((row for row in rows if row.objective.is_general), None),
        "gaps": sum(not row.modules for row in rows if not row.objective.is_general),
    }
    return render(request, "curriculum/module_list.html", context)


@require_safe
def module_page(request: HttpRequest, slug: str) -> HttpResponse:
    visible = Module.objects.visible_to(request.user).select_related("edition").for_cards()
    module = get_object_or_404(visible, slug=slug)
    context = {
        "module": module,
        "primary_objectives": module.primary_objectives.all(),
        "secondary_objectives": module.secondary_objectives.all(),
        "principles": module.principles.all(),
        "topics": module.topics.all(),
        "outcomes": module.outcomes.all(),
        "prerequisites": module.prerequisites.visible_to(request.user),
        "leads_to": module.leads_to.visible_to(request.user),
    }
    return render(request, "curriculum/module_detail.html", context)


def by_objective(objectives: list[Objective], modules: list[Module]) -> list[Row]:
    """Every objective in its order, those without a module too: a gap is worth seeing."""
    rows = {objective.number: Row(objective) for objective in objectives}
    for module in modules:
        for number in module.objective_numbers:
            rows[number].modules.append(module)
    return list(rows.values())
