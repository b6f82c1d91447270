"""Every address of the portal starts here; the crawl test reads it too."""

from __future__ import annotations

from django.urls import include, path

from jbn_oversight import views
from jbn_oversight.admin import site

handler400 = "jbn_oversight.error_pages.bad_request"
handler403 = "jbn_oversight.error_pages.forbidden"
handler404 = "jbn_oversight.error_pages.not_found"
handler500 = "jbn_oversight.error_pages.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("language/", views.set_language, name="set_language"),
    path("account/", include("jbn_oversight.accounts.sign_in.urls")),
    path("", include("jbn_oversight.accounts.urls")),
    path("", include("jbn_oversight.acts.urls")),
    path("", include("jbn_oversight.notices.urls")),
    path("organisation/", include("jbn_oversight.organisations.urls")),
    path("admin/", site.urls),
    path("", include("certification.urls")),
    path("", include("audits.urls")),
    path("", include("reports.urls")),
]
