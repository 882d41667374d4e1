"""Limits on how often one visitor may ask for something, counted in the shared cache."""

import logging

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def allowed(request: HttpRequest, action: str) -> bool:
    """Whether this visitor is within settings.ACCOUNT_RATE_LIMITS[action].

    With the cache away the answer is yes: what is limited this way is public anyway, and a page
    that tells whether a certificate is genuine must not die of a missing counter.
    """
    counted = {"app": "allauth.account", "action": action}
    try:
        # allauth's public function lets every GET through uncounted.
        return ratelimit.consume(request, **counted, limit_get=True) is not None
    except RedisError:
        logger.warning("The cache is away: %s goes unlimited.", action)
        return True
