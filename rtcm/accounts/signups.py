"""Sign-ups that never came to anything."""

import datetime

from django.utils import timezone

from rtcm.accounts.models import User

# As long as the data map says the answers are kept.
PATIENCE = datetime.timedelta(days=14)


def forget_unproven() -> int:
    """Users whose address was never proven go, with what was typed; called by the reconciler."""
    return User.objects.unproven_since(timezone.now() - PATIENCE).delete()[0]
