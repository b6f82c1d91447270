"""Addresses about organisations."""

from __future__ import annotations

from django.urls import path

from jbn_oversight.organisations import views

app_name = "organisations"
urlpatterns = [path("", views.mine, name="mine")]
