"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.agreement import report_work, reports, views, years

WORK = "agreement/reports/<int:year>/work/"

urlpatterns = [
    path("agreement/", views.overview, name="agreement-overview"),
    path("agreement/years/", years.years, name="agreement-years"),
    path("agreement/reports/", reports.reports, name="agreement-reports"),
    path("agreement/reports/begin/", report_work.begin, name="agreement-report-begin"),
    path("agreement/reports/<int:year>/", reports.report, name="agreement-report"),
    path("agreement/reports/<int:year>/report.<str:kind>", reports.report_file, name="agreement-report-file"),
    path(WORK, report_work.work_page, name="agreement-report-work"),
    path(WORK + "draft.<str:kind>", report_work.draft_file, name="agreement-report-draft"),
    path(WORK + "reopen/", report_work.reopen, name="agreement-report-reopen"),
    path(WORK + "approve/", report_work.approve, name="agreement-report-approve"),
    path(WORK + "publish/", report_work.publish, name="agreement-report-publish"),
    path(WORK + "regenerate/", report_work.regenerate, name="agreement-report-regenerate"),
    path(WORK + "<str:section>/", report_work.write, name="agreement-report-write"),
]
