"""Tables hold personal data: a while after they have served, only what they created remains."""

from datetime import timedelta

from django.utils import timezone

from rtcm.importing.models import Import, ImportRow

DAYS = 90


def forget() -> int:
    """A sweep: the file and the typed values of old imports; they can still be taken back."""
    old = Import.objects.filter(at__lt=timezone.now() - timedelta(days=DAYS)).exclude(file="")
    old = old.exclude(state__in=Import.BUSY)
    for source in old:
        source.file.delete(save=False)
        Import.objects.filter(pk=source.pk).update(file="")
        ImportRow.objects.filter(source=source).update(values={}, suggestions=[])
    return len(old)
