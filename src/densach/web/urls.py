"""The addresses of the site, an area of it in each module; they are Vietnamese words, because people read them out."""

from __future__ import annotations

from densach.web.addresses import accounts, commune, jobs, mine, province, public, village

app_name = "web"
urlpatterns = [
    *public.urlpatterns,
    *mine.urlpatterns,
    *accounts.urlpatterns,
    *commune.urlpatterns,
    *province.urlpatterns,
    *village.urlpatterns,
    *jobs.urlpatterns,
]
