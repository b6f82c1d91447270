"""Addresses of what surrounds a briefing: planning, sharing, fact checks, export."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
