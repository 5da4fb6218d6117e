"""Every field of every model of ours says how sensitive it is."""

import pytest
from django.apps import apps

CLASSES = {"sensitive", "health", "personal", "plain"}
MODELS = [model for model in apps.get_models() if model.__module__.startswith("wuli.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_declares_its_sensitivity_once(model):
    declared = {name: fields for name, fields in vars(vars(model)["Privacy"]).items() if not name.startswith("__")}
    fields = {field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many)}

    assert declared.keys() <= CLASSES
    assert sorted(field for names in declared.values() for field in names) == sorted(fields)
