"""Addresses of the screens about people."""

from __future__ import annotations

from django.urls import path

from jbn_oversight.accounts.managing import views

ONE = "management/accounts/<str:person_id>/"

urlpatterns = [
    path("management/accounts/", views.accounts, name="accounts"),
    path("management/accounts/new/", views.account_new, name="account_new"),
    path(ONE, views.account, name="account"),
    path(f"{ONE}name/", views.account_name, name="account_name"),
    path(f"{ONE}address/", views.account_address, name="account_address"),
    path(f"{ONE}close/", views.account_close, name="account_close"),
    path(f"{ONE}open/", views.account_open, name="account_open"),
    path(f"{ONE}roles/<str:role_id>/end/", views.role_end, name="account_role_end"),
    path("management/decisions/", views.decisions, name="decisions"),
    path("management/decisions/<str:change_id>/", views.decide, name="decide"),
]
