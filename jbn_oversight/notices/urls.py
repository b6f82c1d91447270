"""The address of the page about notices."""

from __future__ import annotations

from django.urls import path

from jbn_oversight.notices import views

app_name = "notices"
urlpatterns = [path("me/notices/", views.mine, name="mine")]
