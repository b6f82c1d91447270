"""Addresses of deliveries and typed staffing."""

from __future__ import annotations

from django.urls import URLPattern, path

from certification.deliveries.views import deliveries as views
from certification.deliveries.views import staffing as staffing_views

urlpatterns: list[URLPattern] = [
    path("deliveries/", views.deliveries, name="deliveries"),
    path("deliveries/new/", views.upload, name="upload"),
    path("deliveries/empty.zip", views.empty, name="empty_delivery"),
    path("deliveries/attempts/<str:public_id>/", views.intake, name="intake"),
    path(
        "deliveries/attempts/<str:public_id>/problems.csv",
        views.intake_errors,
        name="intake_errors",
    ),
    path("deliveries/attempts/<str:public_id>/again/", views.intake_again, name="intake_again"),
    path(
        "deliveries/attempts/<str:public_id>/discard/",
        views.intake_discard,
        name="intake_discard",
    ),
    path("deliveries/<str:public_id>/", views.delivery, name="delivery"),
    path("staffing/", staffing_views.staffing, name="staffing"),
    path(
        "staffing/<slug:code>/<slug:slug>/<str:month>/",
        staffing_views.staffing_return,
        name="staffing_return",
    ),
]
