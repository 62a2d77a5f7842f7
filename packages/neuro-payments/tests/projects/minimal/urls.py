from django.contrib import admin
from django.urls import include, path

from tests.projects.minimal.shop import views

urlpatterns = [
    path("admin/", admin.site.urls),
    path("payments/", include("neuro_payments.urls")),
    path("orders/<int:pk>/", views.order, name="order"),
    path("orders/<int:pk>/buy/", views.buy, name="buy"),
]
