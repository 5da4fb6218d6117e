from django.urls import path

from .views import desks, groups, presence, responses, shifts

app_name = "command"
urlpatterns = [
    path("command/", responses.response_list, name="list"),
    path("command/new/", responses.response_new, name="new"),
    path("command/<int:pk>/", responses.response_detail, name="response"),
    path("command/<int:pk>/summary/", responses.response_summary, name="summary"),
    path("command/<int:pk>/summary.pdf", responses.response_summary_pdf, name="summary_pdf"),
    path("command/<int:pk>/groups/", groups.group_list, name="groups"),
    path("command/<int:pk>/groups/new/", groups.group_new, name="group_new"),
    path("command/<int:pk>/presence/", presence.presence_board, name="presence"),
    path("command/<int:pk>/presence/at-post/", presence.presence_at_post, name="at_post"),
    path("command/<int:pk>/presence/name/", presence.presence_name, name="name"),
    path("command/presence/<int:pk>/", presence.presence_state, name="state"),
    path("command/<int:pk>/turn/<slug:name>/", responses.response_turn, name="turn"),
    path("command/groups/<int:pk>/", groups.group_detail, name="group"),
    path("command/groups/<int:pk>/appoint/", groups.group_appoint, name="group_appoint"),
    path("command/groups/<int:pk>/divide/", groups.group_divide, name="group_divide"),
    path("command/members/<int:pk>/relieve/", groups.member_relieve, name="member_relieve"),
    path("duty/", desks.desk_list, name="duty"),
    path("duty/new/", desks.desk_new, name="desk_new"),
    path("duty/mine.ics", desks.my_calendar, name="my_calendar"),
    path("duty/<int:pk>/", desks.desk_detail, name="desk"),
    path("duty/<int:pk>/arrange/", desks.desk_arrange, name="arrange"),
    path("duty/<int:pk>/amend/", desks.desk_amend, name="desk_amend"),
    path("duty/<int:pk>/close/", desks.desk_close, name="desk_close"),
    path("duty/<int:pk>/roster.ics", desks.desk_calendar, name="desk_calendar"),
    path("duty/shifts/<int:pk>/", shifts.shift_detail, name="shift"),
    path("duty/shifts/<int:pk>/hand-over/", shifts.shift_hand_over, name="hand_over"),
    path("duty/shifts/<int:pk>/take/", shifts.shift_take, name="take"),
    path("duty/shifts/<int:pk>/cancel/", shifts.shift_cancel, name="shift_cancel"),
    path("duty/turns/<int:pk>/swap/", shifts.turn_swap, name="swap"),
]
