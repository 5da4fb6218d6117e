from django.urls import path

from .views import events, items

app_name = "ledger"
urlpatterns = [
    path("events/", events.event_list, name="events"),
    path("events/<int:pk>/", events.event_detail, name="event"),
    path("events/export/<slug:kind>/", events.event_export, name="events_export"),
    path("events/check/", events.chain_check, name="chain_check"),
    path("me/looks/", events.look_list, name="looks"),
    path("items/", items.item_list, name="items"),
    path("items/new/", items.item_new, name="item_new"),
    path("items/export/<slug:kind>/", items.item_export, name="items_export"),
    path("items/<int:pk>/", items.item_detail, name="item"),
    path("items/<int:pk>/<slug:name>/", items.item_turn, name="item_turn"),
    path("evidence/<int:pk>/", items.evidence, name="evidence"),
]
