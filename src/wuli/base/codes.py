"""Check digits of Chinese codes. Each `…_problem` gives None or a sentence saying what is wrong.

A right check digit proves the form only, never that the number was issued.
"""

from datetime import date

from django.utils.translation import gettext as _

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
IDENTITY_CHECKS = "10X98765432"


def uscc_check_digit(body: str) -> str:
    """Check digit of the first 17 characters of a unified social credit code (GB 32100-2015)."""
    total = sum(USCC_ALPHABET.index(sign) * weight for sign, weight in zip(body, USCC_WEIGHTS, strict=True))
    return USCC_ALPHABET[-total % 31]


def uscc_problem(code: str) -> str | None:
    if len(code) != 18:
        return _("统一社会信用代码应为 18 位，现为 %(length)d 位") % {"length": len(code)}
    if strange := sorted(set(code) - set(USCC_ALPHABET)):
        return _("统一社会信用代码不能含有“%(signs)s”") % {"signs": "".join(strange)}
    if code[17] != uscc_check_digit(code[:17]):
        return _("统一社会信用代码校验位不对，请核对每一位")
    return None


def identity_check_digit(body: str) -> str:
    """Check digit of the first 17 digits of a citizen identity number (GB 11643-1999)."""
    return IDENTITY_CHECKS[sum(int(sign) * weight for sign, weight in zip(body, IDENTITY_WEIGHTS, strict=True)) % 11]


def identity_problem(number: str) -> str | None:
    if len(number) != 18:
        return _("身份证号应为 18 位，现为 %(length)d 位") % {"length": len(number)}
    body = number[:17]
    if not (body.isascii() and body.isdigit()):
        return _("身份证号前 17 位应为数字")
    if not _is_day(body[6:14]):
        return _("身份证号中的出生日期不存在")
    if number[17] != identity_check_digit(body):
        return _("身份证号校验位不对，请核对每一位")
    return None


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
