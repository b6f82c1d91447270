"""Addresses about organisations."""

from __future__ import annotations

from django.urls import path

from jbn_oversight.organisations import choosing_views, manage_views, views

app_name = "organisations"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("regions/", manage_views.organisations, {"kind_code": "regions"}, name="regions"),
    path("choose/", choosing_views.choose, name="choose"),
    path("municipalities/<str:organisation_key>/end/", manage_views.end, name="end_municipality"),
    path("<slug:kind_code>/", manage_views.organisations, name="list"),
    path("<slug:kind_code>/new/", manage_views.add, name="add"),
    path(
        "<slug:kind_code>/<str:organisation_key>/", manage_views.organisation, name="organisation"
    ),
    path("<slug:kind_code>/<str:organisation_key>/change/", manage_views.change, name="change"),
    path(
        "<slug:kind_code>/<str:organisation_key>/spans/new/", manage_views.add_span, name="add_span"
    ),
    path(
        "<slug:kind_code>/<str:organisation_key>/spans/<int:span_number>/",
        manage_views.change_span,
        name="change_span",
    ),
]
