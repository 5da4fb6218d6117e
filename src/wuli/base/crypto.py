"""Encryption of single values, and a keyed hash to find them again without decrypting.

AES-256-GCM with a random nonce; the first byte names the key, so keys can be rotated while old
values stay readable. The keyed hash (HMAC-SHA-256) uses a key of its own, so that knowing the
hash of a number tells nothing about the cipher.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

NONCE = 12


class Unreadable(ValueError):
    """The value was changed, or was written with a key that is no longer configured."""


def encrypt(text: str) -> bytes:
    return encrypt_all([text])[0]


def encrypt_all(texts: Iterable[str]) -> list[bytes]:
    """Encrypt many values with one set-up; random bytes are drawn once for all of them."""
    texts = list(texts)
    newest = len(settings.DATA_KEYS) - 1
    seal, tag = _cipher(settings.DATA_KEYS[newest]).encrypt, bytes([newest])
    noise = os.urandom(NONCE * len(texts))
    nonces = (noise[at : at + NONCE] for at in range(0, len(noise), NONCE))
    return [tag + nonce + seal(nonce, text.encode(), None) for text, nonce in zip(texts, nonces, strict=True)]


def decrypt(sealed: bytes) -> str:
    """The text behind `sealed`. Raises Unreadable."""
    sealed = bytes(sealed)
    try:
        cipher = _cipher(settings.DATA_KEYS[sealed[0]])
        return cipher.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], None).decode()
    except (IndexError, InvalidTag) as wrong:
        raise Unreadable("the stored value cannot be decrypted with the configured keys") from wrong


def keyed_hash(text: str) -> str:
    """32 hex digits that are equal for equal texts and tell nothing without the key."""
    return hmac.digest(_hash_key(settings.HASH_KEY), text.encode(), "sha256")[:16].hex()


def keyed_hash_all(texts: Iterable[str]) -> list[str]:
    """The same for many texts, in a third of the time: both halves of the key are hashed once and copied."""
    inner, outer = _halves(settings.HASH_KEY)
    return [_finished(inner, outer, text.encode()) for text in texts]


def _finished(inner: "Hash", outer: "Hash", text: bytes) -> str:
    inner, outer = inner.copy(), outer.copy()
    inner.update(text)
    outer.update(inner.digest())
    return outer.hexdigest()[:32]


@cache
def _halves(secret: str) -> "tuple[Hash, Hash]":
    """The two keyed hashes that HMAC (RFC 2104) is made of."""
    key = _hash_key(secret).ljust(64, b"\0")
    return hashlib.sha256(bytes(sign ^ 0x36 for sign in key)), hashlib.sha256(bytes(sign ^ 0x5C for sign in key))


@cache
def _cipher(secret: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"wuli data " + secret.encode()).digest())


@cache
def _hash_key(secret: str) -> bytes:
    return hashlib.sha256(b"wuli hash " + secret.encode()).digest()
