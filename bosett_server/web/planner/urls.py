"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.planner import (
    commitments,
    home_file,
    home_steps,
    homes,
    paper,
    plan,
    resources,
    weeks,
)

urlpatterns = [
    path("planner/", plan.choose, name="planner-choose"),
    path("planner/<str:code>/", plan.newest, name="planner-newest"),
    path("planner/<str:code>/<int:year>/", plan.plan, name="planner-plan"),
    path("planner/<str:code>/<int:year>/resources/", resources.resources, name="planner-resources"),
    path("planner/<str:code>/<int:year>/commitments/", commitments.commitments, name="planner-commitments"),
    path(
        "planner/<str:code>/<int:year>/commitments/<int:number>/remove/",
        commitments.remove,
        name="planner-commitment-remove",
    ),
    path("planner/<str:code>/<int:year>/paper/", paper.paper, name="planner-paper"),
    path("planner/<str:code>/<int:year>/paper.<str:form>", paper.paper_file, name="planner-paper-file"),
    path("planner/<str:code>/<int:year>/answer/", paper.answer, name="planner-answer"),
    path("homes/<str:code>/", homes.homes, name="planner-homes"),
    path("homes/<str:code>/new/", home_steps.new, name="planner-home-new"),
    path("homes/<str:code>/file/", home_file.upload, name="planner-home-file"),
    path("homes/<str:code>/file/template.<str:form>", home_file.template, name="planner-home-template"),
    path("homes/<str:code>/for/<str:ident>/", homes.fitting, name="planner-home-for"),
    path("homes/<str:code>/<int:number>/", homes.home, name="planner-home"),
    path("homes/<str:code>/<int:number>/change/", home_steps.change, name="planner-home-change"),
    path("homes/<str:code>/<int:number>/take-out/", home_steps.take_out, name="planner-home-take-out"),
    path("homes/<str:code>/<int:number>/hold/", home_steps.hold, name="planner-home-hold"),
    path("homes/<str:code>/holds/<int:number>/end/", home_steps.end, name="planner-hold-end"),
    path("homes/<str:code>/holds/<int:number>/withdraw/", home_steps.withdraw, name="planner-hold-withdraw"),
    path("weeks/", weeks.overview, name="planner-weeks-overview"),
    path("weeks/<str:code>/", weeks.weeks, name="planner-weeks"),
    path("weeks/<str:code>/confirm/", weeks.confirm, name="planner-weeks-confirm"),
]
