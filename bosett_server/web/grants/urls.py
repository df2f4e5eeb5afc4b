"""Addresses of this room's pages."""

from django.urls import path

from bosett_server.web.grants import claim_new, claims, frames, known, payments, rates, views

urlpatterns = [
    path("grants/", views.overview, name="grants-overview"),
    path("grants/compute/", views.compute, name="grants-compute"),
    path("grants/lines/<int:number>/", views.detail, name="grants-line"),
    path("grants/persons/<uuid:person>/", known.person, name="grants-person"),
    path("grants/claims/", claims.claims, name="grants-claims"),
    path("grants/claims/new/", claim_new.choose, name="grants-claim-choose"),
    path("grants/claims/new/<str:scheme>/", claim_new.new, name="grants-claim-new"),
    path("grants/claims/<int:number>/", claims.claim, name="grants-claim"),
    path("grants/claims/<int:number>/change/", claim_new.change, name="grants-claim-change"),
    path("grants/claims/<int:number>/apply/", claims.claim_apply, name="grants-claim-apply"),
    path("grants/claims/<int:number>/withdraw/", claims.claim_withdraw, name="grants-claim-withdraw"),
    path("grants/claims/<int:number>/decide/", claims.claim_decide, name="grants-claim-decide"),
    path("grants/claims/<int:number>/extend/", claims.claim_extend, name="grants-claim-extend"),
    path("grants/rates/", rates.rates, name="grants-rates"),
    path("grants/rates/file.<str:kind>", rates.rates_file, name="grants-rates-file"),
    path("grants/rates/new/", rates.load, name="grants-rates-load"),
    path("grants/rates/<int:number>/", rates.table, name="grants-rate-table"),
    path("grants/rates/<int:number>/apply/", rates.apply, name="grants-rates-apply"),
    path("grants/rates/<int:number>/undo/", rates.undo, name="grants-rates-undo"),
    path("grants/frames/", frames.choose, name="grants-frames"),
    path("grants/frames/<str:code>/", frames.frame, name="grants-frame"),
    path("grants/frames/<str:code>/frame.xlsx", frames.frame_file, name="grants-frame-file"),
    path("grants/payments/", payments.payments, name="grants-payments"),
    path("grants/payments/file.<str:kind>", payments.payments_file, name="grants-payments-file"),
    path("grants/payments/<str:code>/", payments.payments_to_one, name="grants-payments-to"),
    path("grants/<str:code>/<int:year>/", views.lines, name="grants-lines"),
    path("grants/<str:code>/<int:year>/known/", known.known, name="grants-known"),
    path("grants/<str:code>/<int:year>/file.<str:kind>", views.export, name="grants-export"),
]
