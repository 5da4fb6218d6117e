"""The same doors to files in for each thing that they may be about, and to files out."""

from functools import partial

from django.urls import URLPattern, path

from ..access import View, needs
from ..models import About
from ..rules.layouts import LAYOUTS
from ..views import exports, imports


def doors(about: About, folder: str, name: str) -> list[URLPattern]:
    def door(view: View) -> View:
        return needs(LAYOUTS[about].perm)(partial(view, about=about))

    root, one = f"{folder}/imports/", f"{folder}/imports/<int:pk>/"
    return [
        path(root, door(imports.import_list), name=f"{name}_imports"),
        path(f"{root}new/", door(imports.import_new), name=f"{name}_import_new"),
        path(f"{root}template/", door(imports.import_template), name=f"{name}_template"),
        path(one, door(imports.import_state), name=f"{name}_import"),
        path(f"{one}confirm/", door(imports.import_confirm), name=f"{name}_import_confirm"),
        path(f"{one}cancel/", door(imports.import_cancel), name=f"{name}_import_cancel"),
        path(f"{one}errors/", door(imports.import_errors), name=f"{name}_import_errors"),
    ]


urlpatterns = [
    *doors(About.ROSTER, "roster", "roster"),
    *doors(About.UNITS, "units", "unit"),
    path("roster/export/", exports.roster_export, name="roster_export"),
    path("units/export/", exports.unit_export, name="unit_export"),
]
