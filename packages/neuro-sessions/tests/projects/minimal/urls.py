from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("sessions/", include("neuro_sessions.urls")),
    path("me/", include("neuro_accounts.urls")),
    path("admin/", admin.site.urls),
]
