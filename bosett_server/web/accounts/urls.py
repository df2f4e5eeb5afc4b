"""Addresses of log-in, of one's own role, and of users and their rights."""

from django.urls import path

from bosett_server.web.accounts import demo_login, login, mfa, named, oidc_login, own, password, users

urlpatterns = [
    path("login", login.login_page, name="accounts-login"),
    path("login/code/", login.second_step, name="accounts-second-step"),
    path("login/demo/", demo_login.demo_login, name="accounts-demo-login"),
    path("login/oidc/", oidc_login.begin_login, name="accounts-oidc"),
    path("login/oidc/back/", oidc_login.back, name="accounts-oidc-back"),
    path("logout", login.log_out, name="accounts-logout"),
    path("language", own.language, name="accounts-language"),
    path("roles/", own.roles, name="accounts-roles"),
    path("mfa/", mfa.overview, name="accounts-mfa"),
    path("password/<str:uid>/<str:token>/", password.set_password, name="accounts-password"),
    path("users/", users.overview, name="accounts-users"),
    path("users/new/", users.new, name="accounts-user-new"),
    path("users/review/", users.review, name="accounts-review"),
    path("users/<int:user>/", users.one, name="accounts-user"),
    path("users/<int:user>/grant/", users.grant, name="accounts-grant"),
    path("users/<int:user>/step/", users.step, name="accounts-user-step"),
    path("named-access/", named.overview, name="accounts-named"),
]
