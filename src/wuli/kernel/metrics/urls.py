from django.urls import path

from . import views

app_name = "metrics"
urlpatterns = [
    path("metrics/", views.metric_list, name="metrics"),
    path("metrics/<str:code>/", views.metric_page, name="metric"),
    path("metrics/<str:code>/export/<slug:kind>/", views.metric_export, name="metric_export"),
]
