"""The same doors to files in for each thing that they may be about, and to files out."""

from functools import partial
from typing import Any

from django.urls import URLPattern, path

from ..access import View, needs
from ..forms.imports import FileForm, RosterFileForm, UnitFileForm
from ..models import About
from ..rules.layouts import layout_of
from ..views import exports, imports


def doors(about: str, folder: str, name: str, form: type[FileForm]) -> list[URLPattern]:
    """Its table must be registered by now, as it is once the apps are ready."""

    def door(view: View, **more: Any) -> View:
        return needs(layout_of(about).perm)(partial(view, about=about, **more))

    root, one = f"{folder}/imports/", f"{folder}/imports/<int:pk>/"
    return [
        path(root, door(imports.import_list), name=f"{name}_imports"),
        path(f"{root}new/", door(imports.import_new, form_of=form), name=f"{name}_import_new"),
        path(f"{root}template/", door(imports.import_template), name=f"{name}_template"),
        path(one, door(imports.import_state), name=f"{name}_import"),
        path(f"{one}confirm/", door(imports.import_confirm), name=f"{name}_import_confirm"),
        path(f"{one}cancel/", door(imports.import_cancel), name=f"{name}_import_cancel"),
        path(f"{one}errors/", door(imports.import_errors), name=f"{name}_import_errors"),
    ]


urlpatterns = [
    *doors(About.ROSTER, "roster", "roster", RosterFileForm),
    *doors(About.UNITS, "units", "unit", UnitFileForm),
    path("roster/export/", exports.roster_export, name="roster_export"),
    path("units/export/", exports.unit_export, name="unit_export"),
]
