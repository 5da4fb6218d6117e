from django.urls import path

from . import views

app_name = "grid"
urlpatterns = [
    path("grid/", views.grid, name="grid"),
    path("grid/cells/", views.cell_list, name="cells"),
    path("grid/find/", views.find, name="find"),
    path("grid/export/<str:kind>/", views.export, name="export"),
    path("grid/hand-over/", views.hand_over, name="hand_over"),
    path("grid/<int:unit>/keepers/", views.keepers, name="keepers"),
    path("grid/<int:unit>/cut/", views.cell_cut, name="cut"),
    path("grid/cells/<int:pk>/", views.cell_detail, name="cell"),
    path("grid/cells/<int:pk>/keepers/", views.cell_keepers, name="cell_keepers"),
    path("grid/cells/<int:pk>/end/", views.cell_end, name="cell_end"),
    path("grid/<int:unit>/instructors/new/", views.instructor_new, name="instructor_new"),
    path("grid/instructors/<int:pk>/end/", views.instructor_end, name="instructor_end"),
    path("grid/<int:unit>/board/", views.board, name="board"),
    path("grid/<int:unit>/board/edit/", views.board_edit, name="board_edit"),
    path("grid/<int:unit>/board/paper/", views.board_paper, name="board_paper"),
    path("grid/<int:unit>/boards/", views.pack_new, name="pack_new"),
    path("grid/packs/<int:pk>/", views.pack_detail, name="pack"),
    path("grid/packs/<int:pk>/file/", views.pack_file, name="pack_file"),
]
