from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("reports/", views.daily_list, name="dailies"),
    path("reports/new/", views.daily_new, name="daily_new"),
    path("reports/<int:pk>/", views.daily_detail, name="daily"),
    path("reports/<int:pk>/end/", views.daily_end, name="daily_end"),
    path("reports/<int:pk>/exempt/", views.daily_exempt, name="daily_exempt"),
    path("reports/<int:pk>/exempt/<int:exemption>/lift/", views.daily_lift, name="daily_lift"),
    path("forms/", views.form_list, name="forms"),
    path("forms/new/", views.form_start, name="form_start"),
    path("forms/burden/", views.burden_page, name="burden"),
    path("forms/<int:pk>/", views.form_detail, name="form"),
    path("forms/<int:pk>/amend/", views.form_amend, name="form_amend"),
    path("forms/<int:pk>/version/", views.form_version, name="form_version"),
    path("forms/drafts/<int:pk>/", views.draft_page, name="draft"),
    path("forms/drafts/<int:pk>/edit/", views.draft_edit, name="draft_edit"),
    path("forms/drafts/<int:pk>/turn/", views.draft_turn, name="draft_turn"),
    path("forms/drafts/<int:pk>/publish/", views.draft_publish, name="draft_publish"),
    path("forms/drafts/<int:pk>/discard/", views.draft_discard, name="draft_discard"),
    path("layouts/", views.layout_list, name="layouts"),
    path("layouts/new/", views.layout_new, name="layout_new"),
    path("layouts/<int:pk>/", views.layout_detail, name="layout"),
    path("layouts/<int:pk>/map/", views.layout_map, name="layout_map"),
    path("layouts/<int:pk>/file/", views.layout_file, name="layout_file"),
    path("layouts/<int:pk>/original/", views.layout_original, name="layout_original"),
    path("layouts/<int:pk>/download/", views.layout_download, name="layout_download"),
    path("layouts/<int:pk>/remove/", views.layout_remove, name="layout_remove"),
]
