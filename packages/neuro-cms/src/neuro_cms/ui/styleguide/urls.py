from django.urls import path

from neuro_cms.ui.styleguide import views

app_name = "neuro_cms_styleguide"

urlpatterns = [path("", views.show, name="page")]
