"""Addresses about people."""

from __future__ import annotations

from django.urls import path

from jbn_oversight.accounts import views
from jbn_oversight.accounts.managing.urls import urlpatterns as managing

app_name = "accounts"
urlpatterns = [
    path("account/here/", views.here, name="here"),
    path("me/", views.what_may_i_do, name="what_may_i_do"),
    path("management/people/", views.people, name="people"),
    path("management/people/<str:public_id>/end/", views.end, name="end"),
    path("management/roles/", views.log, name="log"),
    *managing,
]
