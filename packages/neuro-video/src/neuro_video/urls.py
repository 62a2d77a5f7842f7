from django.urls import path

from neuro_video import views

app_name = "neuro_video"

urlpatterns = [
    path("local/<str:token>/", views.local_room, name="local-room"),
    path("<str:token>/", views.room, name="room"),
]
