from django.urls import path

from .views import asking, bookings, hosting, listings

app_name = "neuro_sessions"

urlpatterns = [
    path("", listings.index, name="list"),
    path("hosting/", hosting.dashboard, name="hosting"),
    path("create/peer/", hosting.create, name="create"),
    path("edit/peer/<uuid:pk>/", hosting.edit, name="edit"),
    path("publish/<uuid:pk>/", hosting.publish, name="publish"),
    path("unpublish/<uuid:pk>/", hosting.unpublish, name="unpublish"),
    path("availability/<uuid:pk>/", hosting.availability, name="availability"),
    path("availability/delete/<uuid:pk>/", hosting.availability_delete, name="availability-delete"),
    path("request/schedule/<uuid:pk>/", asking.ask, name="ask"),
    path("bookings/", bookings.mine, name="bookings"),
    path("bookings/<uuid:pk>/", bookings.detail, name="booking"),
    path("bookings/<uuid:pk>/approve/", bookings.approve, name="approve"),
    path("bookings/<uuid:pk>/decline/", bookings.decline, name="decline"),
    path("bookings/<uuid:pk>/withdraw/", bookings.withdraw, name="withdraw"),
    path("bookings/<uuid:pk>/join/", bookings.join, name="join"),
    path("bookings/<uuid:pk>/finish/", bookings.finish, name="finish"),
    path("bookings/<uuid:pk>/review/", bookings.review, name="review"),
    path("<slug:slug>/", listings.detail, name="detail"),
]
