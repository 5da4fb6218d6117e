from django.urls import path

from . import views

app_name = "ledger"
urlpatterns = [
    path("events/", views.event_list, name="events"),
    path("events/<int:pk>/", views.event_detail, name="event"),
    path("events/export/<slug:kind>/", views.event_export, name="events_export"),
    path("events/check/", views.chain_check, name="chain_check"),
    path("me/looks/", views.look_list, name="looks"),
]
