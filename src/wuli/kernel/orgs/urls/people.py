from django.urls import path

from ..views import blind_spots, home, people, postings

urlpatterns = [
    path("me/", people.me, name="me"),
    path("scope/", home.scope_pick, name="scope"),
    path("scope/<int:pk>/", home.scope_set, name="scope_set"),
    path("suggest/<slug:source>/", home.suggest, name="suggest"),
    path("roster/", people.roster, name="roster"),
    path("roster/join/", people.person_join, name="person_join"),
    path("people/<int:pk>/", people.person_detail, name="person"),
    path("people/<int:pk>/unmask/", people.person_unmask, name="person_unmask"),
    path("people/<int:pk>/transfer/", people.person_transfer, name="person_transfer"),
    path("people/<int:pk>/amend/", people.person_amend, name="person_amend"),
    path("people/<int:pk>/leave/", people.person_leave, name="person_leave"),
    path("duties/", postings.posting_list, name="postings"),
    path("duties/table/", postings.duty_table, name="duty_table"),
    path("duties/new/", postings.posting_new, name="posting_new"),
    path("duties/<int:pk>/end/", postings.posting_end, name="posting_end"),
    path("duties/<int:pk>/delegate/", postings.posting_delegate, name="posting_delegate"),
    path("blind-spots/", blind_spots.blind_spots, name="blind_spots"),
    path("blind-spots/<slug:spot>/", blind_spots.blind_spot_rows, name="blind_spot"),
]
