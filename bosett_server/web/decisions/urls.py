"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.decisions import answers, meeting, vedtak, views

urlpatterns = [
    path("requests/", views.newest, name="decisions-newest"),
    path("requests/<int:year>/", views.overview, name="decisions-overview"),
    path("requests/<int:year>/answers/", answers.answers, name="decisions-answers"),
    path("requests/<int:year>/expected/", answers.outlook, name="decisions-expected"),
    path("requests/<int:year>/answers.<str:form>", views.download, name="decisions-download"),
    path("municipalities/<str:code>/vedtak/", vedtak.show, name="decisions-vedtak"),
    path("municipalities/<str:code>/vedtak/record/", vedtak.record, name="decisions-record"),
    path("municipalities/<str:code>/vedtak/record-for/", vedtak.record_for, name="decisions-record-for"),
    path("municipalities/<str:code>/vedtak/approve/", vedtak.approve, name="decisions-approve"),
    path("municipalities/<str:code>/vedtak/meeting/", meeting.meets, name="decisions-meeting"),
    path("municipalities/<str:code>/vedtak/more/", vedtak.more, name="decisions-more"),
]
