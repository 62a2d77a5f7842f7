from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("account/", include("allauth.account.urls")),
    path("pages/", include("tests.projects.pages")),
    path("", include("neuro_cms.urls")),
    path("", include(wagtail_urls)),
]
