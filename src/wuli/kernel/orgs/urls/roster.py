from django.urls import path

from ..views import roster as views

urlpatterns = [
    path("roster/imports/", views.roster_imports, name="roster_imports"),
    path("roster/imports/new/", views.roster_import_new, name="roster_import_new"),
    path("roster/imports/template/", views.roster_template, name="roster_template"),
    path("roster/imports/<int:pk>/", views.roster_import, name="roster_import"),
    path("roster/imports/<int:pk>/confirm/", views.roster_import_confirm, name="roster_import_confirm"),
    path("roster/imports/<int:pk>/cancel/", views.roster_import_cancel, name="roster_import_cancel"),
    path("roster/imports/<int:pk>/errors/", views.roster_import_errors, name="roster_import_errors"),
    path("roster/export/", views.roster_export, name="roster_export"),
]
