from django.urls import path

from .views import groups, responses

app_name = "command"
urlpatterns = [
    path("command/", responses.response_list, name="list"),
    path("command/new/", responses.response_new, name="new"),
    path("command/<int:pk>/", responses.response_detail, name="response"),
    path("command/<int:pk>/summary/", responses.response_summary, name="summary"),
    path("command/<int:pk>/summary.pdf", responses.response_summary_pdf, name="summary_pdf"),
    path("command/<int:pk>/groups/", groups.group_list, name="groups"),
    path("command/<int:pk>/groups/new/", groups.group_new, name="group_new"),
    path("command/<int:pk>/turn/<slug:name>/", responses.response_turn, name="turn"),
    path("command/groups/<int:pk>/", groups.group_detail, name="group"),
    path("command/groups/<int:pk>/appoint/", groups.group_appoint, name="group_appoint"),
    path("command/groups/<int:pk>/divide/", groups.group_divide, name="group_divide"),
    path("command/members/<int:pk>/relieve/", groups.member_relieve, name="member_relieve"),
]
