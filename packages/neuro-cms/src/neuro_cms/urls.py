from django.urls import path

from neuro_cms import views

app_name = "neuro_cms"

urlpatterns = [
    path("help/", views.show_help, name="help"),
]
