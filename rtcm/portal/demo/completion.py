"""The demo's completion rule: partial minutes, one exception, and a filed report."""

from django.utils import timezone

from trainings.models import (
    Attendance,
    CompletionOverride,
    CompletionRule,
    Training,
    TrainingReport,
)

RULED = "fair-recruitment-and-decent-work"
ENOUGH = 80  # per cent of the minutes
LEFT_EARLY = 5  # every fifth person missed most of one session
REASON = "Uçuşu tutmaq üçün tez getdi; qrup işini evdə tamamladı."
REPORT = {
    "course": "Üç gün: işə qəbul haqları, müqavilələr, əmək yoxlaması. Bir məruzəçi onlayn idi.",
    "results": "İştirakçılar müqavilədə gizlədilən haqları tanıyır və yoxlama planı qurur.",
    "difficulties": "İkinci tərcümə kanalı gec açıldı; növbəti dəfə bir gün əvvəl sınanacaq.",
    "recommendations": "Altı ay sonra planların tətbiqi haqqında sorğu; milli təlim Gəncədə.",
}


def load_completion(training: Training) -> None:
    """Before certificates are issued; the rows go with the training's."""
    if training.slug != RULED:
        return
    CompletionRule.objects.create(training=training, percent=ENOUGH, needs_report=True)
    present = training.applications.filter(state="attended").order_by("pk")
    early = list(present[::LEFT_EARLY])
    for application in early:
        mark = Attendance.objects.filter(application=application).order_by("pk").first()
        if mark:
            Attendance.objects.filter(pk=mark.pk).update(minutes=mark.minutes // 6)
    if early:
        CompletionOverride.objects.create(
            application=early[0], given=CompletionOverride.Given.COMPLETION, reason=REASON
        )
    TrainingReport.objects.create(training=training, filed_at=timezone.now(), **REPORT)
