"""Foreign keys are imports in disguise: they point down the same arrows."""

from django.apps import apps

from tests.architecture.source import layers


def test_foreign_keys_point_down_the_same_arrows_as_imports():
    upward = [
        f"{model.__module__}.{model.__name__}.{field.name} points up to {field.related_model.__module__}"
        for model in apps.get_models()
        if model.__module__.startswith("wuli.")
        for field in model._meta.get_fields()
        if field.many_to_one or field.one_to_one or field.many_to_many
        if field.concrete and not may_know(model.__module__, field.related_model.__module__)
    ]
    assert upward == []


def test_the_arrows_are_read_from_the_contracts():
    assert may_know("wuli.kernel.orgs.models.unit", "wuli.kernel.journal.models.event")
    assert not may_know("wuli.kernel.journal.models.event", "wuli.kernel.orgs.models.unit")
    assert not may_know("wuli.kernel.orgs.models.unit", "wuli.config.models")


def may_know(above, below):
    for container, rows in layers():
        mine, other = place(above, container, rows), place(below, container, rows)
        if mine is None or other is None or mine == other:
            continue
        if mine[0] >= other[0]:
            return False
    return True


def place(module, container, rows):
    """In which layer of `container` the module lies, and as which of the peers there."""
    if not module.startswith(f"{container}."):
        return None
    name = module.removeprefix(f"{container}.").split(".")[0]
    return next(((depth, name) for depth, peers in enumerate(rows) if name in peers), None)
