"""What is shown of a personal value when its reader has no reason to see all of it."""


def mask_phone(phone: str) -> str:
    """13812344417 → 138****4417; a short or foreign number keeps its last four signs."""
    if not phone:
        return ""
    head = phone[:3] if len(phone) >= 11 else ""
    return f"{head}****{phone[-4:]}"


def mask_identity(number: str) -> str:
    """11010519491231002X → 1101**********002X is still a birthday away from a name: keep only the ends."""
    return f"{number[:2]}{'*' * 14}{number[-2:]}" if len(number) == 18 else "*" * len(number)


def mask_name(name: str) -> str:
    """才让多杰 → 才***"""
    return name[:1] + "*" * (len(name) - 1)
