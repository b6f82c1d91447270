"""Addresses of what makers decide: signing, moving the hour, closing, rehearsing."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
