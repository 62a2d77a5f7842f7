from django.contrib import admin
from django.urls import include, path

from tests.projects.minimal import views

urlpatterns = [
    path("rooms/", include("neuro_video.urls")),
    path("groups/<int:pk>/", views.group, name="group"),
    path("admin/", admin.site.urls),
]
