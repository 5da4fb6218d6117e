"""Encryption of single values, and a keyed hash to find them again without decrypting.

AES-256-GCM with a random nonce; the first byte names the key, so keys can be rotated while old
values stay readable. The keyed hash is keyed BLAKE2b (RFC 7693, section 2.9), a hash made to take a key. Its key is
one of its own, so that knowing the hash of a number tells nothing about the cipher.
"""

import os
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b, sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12
HASH = 16


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
    return keyed_hash_all([text])[0]


def keyed_hash_all(texts: Iterable[str]) -> list[str]:
    key = _hash_key(settings.HASH_KEY)
    return [blake2b(text.encode(), key=key, digest_size=HASH).hexdigest() for text in texts]


@cache
def _cipher(secret: str) -> AESGCM:
    return AESGCM(sha256(b"wuli data " + secret.encode()).digest())


@cache
def _hash_key(secret: str) -> bytes:
    return sha256(b"wuli hash " + secret.encode()).digest()
