"""The keys that credentials are signed with: files of one folder, never in the database.

`CREDENTIAL_KEYS` names the folder. A name begins with the moment when the key was made, and the
newest private one signs; `.public.pem` is what stays of a key that signs no more and still
verifies. The folder is looked at whenever a key is needed: a new one needs no restart.
"""

import logging
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from trainings.issuer_addresses import key_address

logger = logging.getLogger(__name__)

ALGORITHM = "ES256"
CURVE = "P-256"


@dataclass(frozen=True)
class IssuerKey:
    id: str  # its thumbprint (RFC 7638)
    key: ECKey

    @property
    def jwk(self) -> dict[str, Any]:
        """The public half, under the name that credentials call it by."""
        named = {"kid": key_address(self.id), "alg": ALGORITHM, "use": "sig"}
        return {**self.key.as_dict(private=False), **named}


def folder() -> Path | None:
    return Path(settings.CREDENTIAL_KEYS) if settings.CREDENTIAL_KEYS else None


def published() -> tuple[IssuerKey, ...]:
    """Every key that verifies, the newest first; none where the feature is off."""
    place = folder()
    if place is None or not place.is_dir():
        return ()
    files = sorted(place.glob("*.pem"), key=lambda path: path.name, reverse=True)
    return _read(tuple((path, path.stat().st_mtime_ns) for path in files))


def signer() -> IssuerKey | None:
    """The key that signs, or None: then nothing is signed."""
    return next((key for key in published() if key.key.is_private), None)


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[Path, int], ...]) -> tuple[IssuerKey, ...]:
    keys: dict[str, IssuerKey] = {}
    for path, _changed in files:
        try:
            key = ECKey.import_key(path.read_bytes())
            if key.curve_name != CURVE:
                raise ValueError(f"its curve is {key.curve_name}")
        except (OSError, ValueError, TypeError, KeyError, JoseError) as unusable:
            logger.error("The key %s is left out: %s", path.name, unusable)
            continue
        name = key.thumbprint()
        if name not in keys or key.is_private:
            keys[name] = IssuerKey(name, key)
    return tuple(keys.values())


def sign(payload: bytes, key: IssuerKey) -> str:
    """Compact JWS with the three header parameters that Open Badges 3.0 allows."""
    header = {"alg": ALGORITHM, "kid": key_address(key.id), "typ": "JWT"}
    return jws.serialize_compact(header, payload, key.key, algorithms=[ALGORITHM])


def signed_by(token: str) -> IssuerKey | None:
    """Which of our keys signed this, or None.

    What the token says of keys (kid, jwk, jku, x5u) and of the algorithm decides nothing: each key
    of ours is tried with the one algorithm that it is for.
    """
    if not all(_canonical(part) for part in token.split(".")):
        return None
    for key in published():
        try:
            jws.deserialize_compact(token, key.key, algorithms=[ALGORITHM])
        except (JoseError, ValueError, TypeError, KeyError, AttributeError):
            continue
        return key
    return None


def _canonical(part: str) -> bool:
    """Base64 leaves bits of the last letter free: with them a changed token would still verify."""
    try:
        content = urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except ValueError:
        return False
    return urlsafe_b64encode(content).decode().rstrip("=") == part


def make_key(place: Path) -> Path:
    """A new private key, readable by its owner only; it signs from now on."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = place / f"{timezone.now():%Y%m%dT%H%M%SZ}.pem"
    key = ECKey.generate_key(CURVE, private=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(key.as_bytes(encoding="PEM", private=True))
    return path


def retire_keys(place: Path) -> list[Path]:
    """Leaves of every private key but the newest only the public half; returns what is left."""
    private = [path for path in sorted(place.glob("*.pem")) if not _is_public(path)]
    retired = []
    for path in private[:-1]:
        public = path.with_suffix(".public.pem")
        key = ECKey.import_key(path.read_bytes())
        public.write_bytes(key.as_bytes(encoding="PEM", private=False))
        path.unlink()
        retired.append(public)
    return retired


def _is_public(path: Path) -> bool:
    return path.name.endswith(".public.pem")
