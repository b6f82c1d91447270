"""Addresses of readers: copies, questions, public pages, and of the clerks who look after them."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
