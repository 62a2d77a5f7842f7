from django.contrib import admin
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("sessions/", include("neuro_sessions.contrib.wagtail.urls")),
    path("me/", include("neuro_accounts.urls")),
    path("payments/", include("neuro_payments.urls")),
    path("rooms/", include("neuro_video.urls")),
    path("admin/", admin.site.urls),
    path("cms/", include(wagtailadmin_urls)),
    path("", include(wagtail_urls)),
]
