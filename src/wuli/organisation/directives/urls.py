from django.urls import path

from .views import copies, coverage, lists, papers, standards

app_name = "directives"
urlpatterns = [
    path("directives/", lists.inbox, name="inbox"),
    path("directives/sent/", lists.outbox, name="sent"),
    path("directives/hours/", standards.standard_list, name="standards"),
    path("directives/new/", papers.directive_new, name="new"),
    path("directives/<int:pk>/", papers.directive_detail, name="directive"),
    path("directives/<int:pk>/edit/", papers.directive_edit, name="edit"),
    path("directives/<int:pk>/issue/", papers.directive_issue, name="issue"),
    path("directives/<int:pk>/turn/<slug:name>/", papers.directive_turn, name="turn"),
    path("directives/<int:pk>/drop/<int:attachment>/", papers.attachment_drop, name="attachment_drop"),
    path("directives/attachments/<int:pk>/", papers.attachment, name="attachment"),
    path("directives/<int:pk>/coverage/", coverage.coverage_detail, name="coverage"),
    path("directives/<int:pk>/coverage/export/", coverage.coverage_export, name="coverage_export"),
    path("directives/<int:pk>/chase/", coverage.directive_chase, name="chase"),
    path("directives/<int:pk>/accept/", coverage.copies_accept, name="accept"),
    path("directives/<int:pk>/proof/", coverage.proof_take, name="proof_take"),
    path("directives/proofs/<int:pk>/", coverage.proof_detail, name="proof"),
    path("directives/proofs/<int:pk>/paper/", coverage.proof_paper, name="proof_paper"),
    path("directives/copies/<int:pk>/", copies.copy_detail, name="copy"),
    path("directives/copies/<int:pk>/sign/", copies.copy_sign, name="sign"),
    path("directives/copies/<int:pk>/report/", copies.copy_report, name="report"),
    path("directives/copies/<int:pk>/return/", copies.copy_return, name="return"),
    path("directives/evidence/<int:pk>/", copies.evidence, name="evidence"),
]
