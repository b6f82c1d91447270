"""Addresses about organisations."""

from __future__ import annotations

from django.urls import include, path

from jbn_oversight.organisations.views import choosing as choosing_views
from jbn_oversight.organisations.views import manage as manage_views
from jbn_oversight.organisations.views import pages as views

app_name = "organisations"
KIND = "<slug:kind_code>/"
ONE = f"{KIND}<str:organisation_key>/"

managing = [
    path("", manage_views.organisations, {"kind_code": "regions"}, name="regions"),
    path("municipalities/<str:organisation_key>/end/", manage_views.end, name="end_municipality"),
    path(KIND, manage_views.organisations, name="list"),
    path(f"{KIND}new/", manage_views.add, name="add"),
    path(ONE, manage_views.organisation, name="organisation"),
    path(f"{ONE}change/", manage_views.change, name="change"),
    path(f"{ONE}spans/new/", manage_views.add_span, name="add_span"),
    path(f"{ONE}spans/<int:span_number>/", manage_views.change_span, name="change_span"),
]
urlpatterns = [
    path("", views.mine, name="mine"),
    path("choose/", choosing_views.choose, name="choose"),
    path("manage/", include(managing)),
]
