"""How an event is written out to be hashed, and how the ends are signed. Changing it breaks every chain there is."""

import hashlib
import hmac
import json
from datetime import UTC

from wuli.base.crypto import keyed_hash

from ..models import Chain, Event

_write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def digest_of(event: Event, before: str) -> str:
    """The link of `event` in the chain: SHA-256 over the link before it and everything it says."""
    said = [
        event.pk, event.at.astimezone(UTC).isoformat(timespec="microseconds"), event.verb, event.actor_id,
        event.actor_name, event.origin, event.subject_type, event.subject_id, event.subject_name, event.unit_id,
        event.changes, event.reason,
    ]  # fmt: skip
    return hashlib.sha256(f"{before}{_write(said)}".encode()).hexdigest()


def signature_of(chain: Chain) -> str:
    """What only a holder of the site's key can write under the two ends of the chain."""
    ends = (chain.start_position, chain.start_digest, chain.head_position, chain.head_digest)
    return keyed_hash("journal chain {}:{} {}:{}".format(*ends))


class EndsMoved(RuntimeError):
    """Somebody without the site's key wrote where the chain begins or ends: it must not be signed again."""


def is_signed(chain: Chain) -> bool:
    """Whether the ends stand as they were signed. A chain that nothing was ever sealed into needs no signature."""
    if chain.head_position == 0 and not chain.signature:
        return True
    return hmac.compare_digest(chain.signature, signature_of(chain))
