from django.urls import path

from ..views import calendars as views

urlpatterns = [
    path("calendar/", views.calendar_page, name="calendar"),
    path("calendar/new/", views.exception_new, name="calendar_new"),
    path("calendar/<int:pk>/lift/", views.exception_lift, name="calendar_lift"),
]
