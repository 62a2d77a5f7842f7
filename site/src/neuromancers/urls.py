from django.apps import apps
from django.conf import settings
from django.conf.urls.static import static
from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.csp import csp_override
from django.views.generic import RedirectView, TemplateView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from neuromancers.settings.policies import EDITORS_POLICY

# Changes Wagtail's list in place.
decorate_urlpatterns(wagtailadmin_urls.urlpatterns, csp_override(EDITORS_POLICY))

# Wagtail has login forms of its own; the one of the site is the one that counts failed attempts.
to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns: list[URLPattern | URLResolver] = [
    path("sessions/", include("neuro_sessions.contrib.wagtail.urls")),
    path("me/", login_required(TemplateView.as_view(template_name="account.html")), name="account"),
    path("me/", include("neuro_accounts.urls")),
    path("payments/", include("neuro_payments.urls")),
    path("rooms/", include("neuro_video.urls")),
    path("admin/login/", to_login),
    path("_util/login/", to_login),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("neuro_cms.urls")),
    path("", include("allauth.account.urls")),
]

if apps.is_installed("neuro_accounts.contrib.mailbox"):
    urlpatterns.append(path("dev/mailbox/", include("neuro_accounts.contrib.mailbox.urls")))

if apps.is_installed("neuro_cms.ui.styleguide"):
    urlpatterns.append(path("styleguide/", include("neuro_cms.ui.styleguide.urls")))

if apps.is_installed("django.contrib.admin"):
    from django.contrib import admin

    urlpatterns.append(path("django-admin/", admin.site.urls))

urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

# Last, because Wagtail takes every address that is left.
urlpatterns.append(path("", include(wagtail_urls)))
