"""The addresses of the site, an area of it in each module; they are Vietnamese words, because people read them out."""

from __future__ import annotations

from densach.web.addresses import (
    accounts,
    award_statistics,
    cases,
    central,
    citizen,
    commune,
    councils,
    dashboards,
    dossier,
    jobs,
    lawmaking,
    mine,
    praise,
    privacy,
    province,
    public,
    register,
    returns,
    reviews,
    targets,
    units,
    village,
)

app_name = "web"
urlpatterns = [
    *village.urlpatterns,  # first, because they are asked for most, and every one before costs a try
    *public.urlpatterns,
    *mine.urlpatterns,
    *accounts.urlpatterns,
    *award_statistics.urlpatterns,
    *central.urlpatterns,
    *cases.urlpatterns,
    *citizen.urlpatterns,
    *commune.urlpatterns,
    *councils.urlpatterns,
    *dashboards.urlpatterns,
    *praise.urlpatterns,
    *dossier.urlpatterns,
    *privacy.urlpatterns,
    *jobs.urlpatterns,
    *lawmaking.urlpatterns,
    *province.urlpatterns,
    *reviews.urlpatterns,  # before the returns, whose addresses are wider
    *register.urlpatterns,
    *returns.urlpatterns,
    *targets.urlpatterns,
    *units.urlpatterns,
]
