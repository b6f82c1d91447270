"""Addresses about deliveries that wait."""

from __future__ import annotations

from django.urls import path

from reports.held_deliveries import views

urlpatterns = [
    path(
        "deliveries/attempts/<str:public_id>/held/",
        views.held_delivery,
        name="held_delivery",
    ),
]
