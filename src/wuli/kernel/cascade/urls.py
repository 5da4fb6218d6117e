from django.urls import path

from . import views

app_name = "cascade"
urlpatterns = [
    path("answers/", views.answer_list, name="mine"),
    path("answers/<int:pk>/", views.answer_slot, name="slot"),
    path("answers/<int:pk>/return/", views.answer_return, name="return"),
    path("answers/<int:pk>/exempt/", views.answer_exempt, name="exempt"),
    path("answers/<int:pk>/ask-again/", views.answer_ask_again, name="ask_again"),
    path("rounds/", views.round_list, name="rounds"),
    path("rounds/<int:pk>/", views.round_board, name="board"),
    path("rounds/<int:pk>/figures/", views.round_figures, name="figures"),
    path("rounds/<int:pk>/places/", views.round_places, name="places"),
    path("rounds/<int:pk>/places/xlsx/", views.round_places_file, name="places_file"),
    path("rounds/<int:pk>/timeliness/", views.round_timeliness, name="timeliness"),
    path("rounds/<int:pk>/wall/", views.round_wall, name="wall"),
    path("rounds/<int:pk>/chase/", views.round_chase, name="chase"),
    path("rounds/<int:pk>/review/", views.review_list, name="review"),
    path("rounds/<int:pk>/review/accept/", views.review_accept, name="accept"),
]
