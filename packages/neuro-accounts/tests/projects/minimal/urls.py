from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("me/", include("neuro_accounts.urls")),
    path("admin/", admin.site.urls),
]
