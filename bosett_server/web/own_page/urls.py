"""Addresses of the household's own page, of the code that opens it, and of the offices' answers."""

from django.urls import path

from bosett_server.web.own_page import code, my, office

urlpatterns = [
    path("code/", code.enter, name="own-page-code"),
    path("my/", my.overview, name="own-page"),
    path("my/language/", code.choose_language, name="own-page-language"),
    path("my/comment/", my.write_comment, name="own-page-comment"),
    path("my/correction/", my.write_correction, name="own-page-correction"),
    path("my/reassessment/", my.write_reassessment, name="own-page-reassessment"),
    path("households/<uuid:household>/code/", office.print_sheet, name="own-page-print"),
    path("household-requests/", office.requests, name="own-page-requests"),
    path("household-requests/<int:request_id>/", office.answer, name="own-page-answer"),
]
