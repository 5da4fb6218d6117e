from django.urls import path

from wuli.kernel.orgs.urls.imports import doors

from .forms.lists import AttendanceFileForm, PledgeFileForm
from .rules.lists import attendance, pledges
from .views import activities, campaigns, errands, monthly, participation, vanguards

app_name = "mobilisation"
urlpatterns = [
    path("party/", participation.participation, name="participation"),
    path("party/export/<slug:kind>/", participation.participation_export, name="participation_export"),
    path("commitments/", campaigns.campaign_list, name="campaigns"),
    path("commitments/new/", campaigns.campaign_new, name="campaign_new"),
    path("commitments/<int:pk>/", campaigns.campaign_detail, name="campaign"),
    path("commitments/<int:pk>/sign/", campaigns.campaign_sign, name="campaign_sign"),
    path("commitments/<int:pk>/reword/", campaigns.campaign_reword, name="campaign_reword"),
    path("commitments/<int:pk>/end/", campaigns.campaign_end, name="campaign_end"),
    path("commitments/<int:pk>/record/<int:branch>/", campaigns.campaign_record, name="campaign_record"),
    path("commitments/<int:pk>/take-back/<int:person>/", campaigns.campaign_take_back, name="campaign_take_back"),
    *doors(pledges.ABOUT, "commitments/paper", "pledge", PledgeFileForm),
    path("activities/", activities.activity_list, name="activities"),
    path("activities/new/", activities.activity_new, name="activity_new"),
    path("activities/calendar/", activities.activities_calendar, name="activities_calendar"),
    path("activities/owing/", monthly.owing_list, name="owing"),
    path("activities/owing/remind/", monthly.owing_remind, name="owing_remind"),
    path("activities/rhythm/", monthly.rhythm_set, name="rhythm"),
    path("activities/<int:pk>/", activities.activity_detail, name="activity"),
    path("activities/<int:pk>/change/", activities.activity_change, name="activity_change"),
    path("activities/<int:pk>/publish/", activities.activity_publish, name="activity_publish"),
    path("activities/<int:pk>/discard/", activities.activity_discard, name="activity_discard"),
    path("activities/<int:pk>/attend/<int:host>/", activities.activity_attend, name="activity_attend"),
    path("activities/<int:pk>/hold/", activities.activity_hold, name="activity_hold"),
    path("activities/<int:pk>/not-held/", activities.activity_not_held, name="activity_not_held"),
    path("activities/<int:pk>/calendar/", activities.activity_calendar, name="activity_calendar"),
    path("activities/<int:pk>/pictures/<int:file>/remove/", activities.picture_remove, name="picture_remove"),
    *doors(attendance.ABOUT, "activities/paper", "attendance", AttendanceFileForm),
    path("vanguards/", vanguards.vanguard_list, name="vanguards"),
    path("vanguards/new/", vanguards.vanguard_new, name="vanguard_new"),
    path("vanguards/<int:pk>/", vanguards.vanguard_detail, name="vanguard"),
    path("vanguards/<int:pk>/leave/<int:member>/", vanguards.vanguard_leave, name="vanguard_leave"),
    path("vanguards/<int:pk>/<slug:name>/", vanguards.vanguard_turn, name="vanguard_turn"),
    path("party-files/<int:pk>/", vanguards.attachment, name="attachment"),
    path("member-tasks/", errands.errand_list, name="errands"),
    path("member-tasks/new/", errands.errand_new, name="errand_new"),
    path("member-tasks/<int:pk>/", errands.errand_detail, name="errand"),
]
