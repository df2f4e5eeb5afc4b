"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.expenditure import answers, estimates, known, report, rounds, target, workbook

ANSWER = "expenditure/<int:number>/answers/<str:code>/"
TARGET = "expenditure/<int:number>/target/"

urlpatterns = [
    path("expenditure/", rounds.overview, name="expenditure-overview"),
    path("expenditure/plan/", rounds.plan, name="expenditure-plan"),
    path("expenditure/<int:number>/", rounds.detail, name="expenditure-round"),
    path("expenditure/<int:number>/open/", rounds.open_round, name="expenditure-open"),
    path("expenditure/<int:number>/drop/", rounds.drop, name="expenditure-drop"),
    path("expenditure/<int:number>/remind/", rounds.remind, name="expenditure-remind"),
    path("expenditure/<int:number>/close/", rounds.close, name="expenditure-close"),
    path("expenditure/<int:number>/known/", rounds.known, name="expenditure-known"),
    path("expenditure/<int:number>/known/figure/", known.figure, name="expenditure-figure"),
    path(
        "expenditure/<int:number>/responses.<str:kind>", rounds.responses_file, name="expenditure-responses"
    ),
    path(ANSWER, answers.sheet_page, name="expenditure-answer"),
    path(f"{ANSWER}save/", answers.autosave, name="expenditure-autosave"),
    path(f"{ANSWER}approve/", answers.approve, name="expenditure-approve"),
    path(f"{ANSWER}reopen/", answers.reopen, name="expenditure-reopen"),
    path(f"{ANSWER}log/", answers.log_page, name="expenditure-log"),
    path(f"{ANSWER}template.xlsx", workbook.template_file, name="expenditure-template"),
    path(f"{ANSWER}fill/", workbook.fill, name="expenditure-fill"),
    path("expenditure/<int:number>/estimates/", estimates.show, name="expenditure-estimates"),
    path("expenditure/<int:number>/estimates.<str:kind>", estimates.file, name="expenditure-estimates-file"),
    path("expenditure/<int:number>/report.<str:form>", report.report, name="expenditure-report"),
    path(TARGET, target.choose, name="expenditure-target"),
    path(f"{TARGET}<int:scenario_id>/", target.show, name="expenditure-scenario"),
    path(f"{TARGET}<int:scenario_id>/file.<str:kind>", target.file, name="expenditure-scenario-file"),
    path(f"{TARGET}<int:scenario_id>/share/", target.share, name="expenditure-share"),
    path(f"{TARGET}<int:scenario_id>/drop/", target.drop, name="expenditure-scenario-drop"),
]
