from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("me/", include("neuro_accounts.urls")),
    path("", include("allauth.account.urls")),
    path("dev/mailbox/", include("neuro_accounts.contrib.mailbox.urls")),
    path("admin/", admin.site.urls),
]
