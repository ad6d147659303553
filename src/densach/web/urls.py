"""The addresses of the site, an area of it in each module; they are Vietnamese words, because people read them out."""

from __future__ import annotations

from densach.web.addresses import (
    accounts,
    central,
    citizen,
    commune,
    dashboards,
    jobs,
    lawmaking,
    mine,
    praise,
    privacy,
    province,
    public,
    returns,
    targets,
    units,
    village,
)

app_name = "web"
urlpatterns = [
    *public.urlpatterns,
    *mine.urlpatterns,
    *accounts.urlpatterns,
    *central.urlpatterns,
    *citizen.urlpatterns,
    *commune.urlpatterns,
    *dashboards.urlpatterns,
    *praise.urlpatterns,
    *privacy.urlpatterns,
    *jobs.urlpatterns,
    *lawmaking.urlpatterns,
    *province.urlpatterns,
    *returns.urlpatterns,
    *targets.urlpatterns,
    *units.urlpatterns,
    *village.urlpatterns,
]
