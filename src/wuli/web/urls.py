"""Open to all. `search` is wired by the house, which knows who is signed in."""

from django.urls import path

from . import views

urlpatterns = [
    path("theme/", views.theme, name="theme"),
    path("language/", views.language, name="set_language"),
    path("gallery/", views.gallery, name="gallery"),
]
