from django.urls import path

from . import views

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.meeting_list, name="meetings"),
    path("meetings/<int:pk>/", views.meeting_detail, name="meeting"),
    path("meetings/<int:pk>/pack/", views.pack_make, name="pack_make"),
    path("meetings/<int:pk>/roll/", views.roll_call, name="roll_call"),
    path("meetings/<int:pk>/decisions/", views.decision_new, name="decision_new"),
    path("meetings/<int:pk>/decisions/<int:decision>/", views.decision_take_back, name="decision_take_back"),
    path("meetings/<int:pk>/minutes/<slug:point>/", views.minute_save, name="minute_save"),
    path("meetings/<int:pk>/asides/<int:aside>/", views.aside_settle, name="aside_settle"),
    path("meetings/<int:pk>/paper/<slug:name>/", views.meeting_paper, name="meeting_paper"),
    path("meetings/<int:pk>/calendar/", views.meeting_ics, name="meeting_ics"),
    path("meetings/<int:pk>/turn/<slug:name>/", views.meeting_turn, name="meeting_turn"),
    path("meetings/series/", views.series_list, name="series_list"),
    path("meetings/series/new/", views.series_new, name="series_new"),
    path("meetings/series/<int:pk>/", views.series_detail, name="series"),
    path("meetings/series/<int:pk>/change/", views.series_change, name="series_change"),
    path("meetings/series/<int:pk>/agenda/", views.agenda_edit, name="agenda"),
    path("meetings/series/<int:pk>/seats/<int:seat>/remove/", views.seat_remove, name="seat_remove"),
    path("meetings/series/<int:pk>/extra/", views.extra_new, name="extra_new"),
    path("meetings/series/<int:pk>/end/", views.series_end, name="series_end"),
    path("meetings/series/<int:pk>/calendar/", views.series_ics, name="series_ics"),
]
