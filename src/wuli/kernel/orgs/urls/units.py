from django.urls import path

from ..views import units as views

urlpatterns = [
    path("units/", views.unit_tree, name="units"),
    path("units/<int:pk>/", views.unit_detail, name="unit"),
    path("units/<int:pk>/children/", views.unit_children, name="unit_children"),
    path("units/<int:pk>/history/", views.unit_history, name="unit_history"),
    path("units/<int:pk>/open/", views.unit_open, name="unit_open"),
    path("units/<int:pk>/amend/", views.unit_amend, name="unit_amend"),
    path("units/<int:pk>/change/<slug:verb>/", views.unit_change, name="unit_change"),
    path("units/<int:pk>/plans/<int:plan>/cancel/", views.plan_cancel, name="plan_cancel"),
]
