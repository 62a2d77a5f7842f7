from django.urls import path

from .views import asking, availability, bookings, changing, cohosts, dashboard, hosting, listings, terms

app_name = "neuro_sessions"

urlpatterns = [
    path("", listings.index, name="list"),
    path("hosting/", dashboard.dashboard, name="hosting"),
    path("create/peer/", hosting.create, name="create"),
    path("edit/peer/<uuid:pk>/", hosting.edit, name="edit"),
    path("publish/<uuid:pk>/", hosting.publish, name="publish"),
    path("unpublish/<uuid:pk>/", hosting.unpublish, name="unpublish"),
    path("availability/<uuid:pk>/", availability.edit, name="availability"),
    path("availability/delete/<uuid:pk>/", availability.delete_window, name="availability-delete"),
    path("availability/change/delete/<uuid:pk>/", availability.delete_override, name="override-delete"),
    path("hosting/rules/", availability.rules, name="rules"),
    path("hosting/pause/", availability.pause, name="pause"),
    path("hosting/resume/", availability.resume, name="resume"),
    path("hosting/ground-rules/", terms.edit, name="terms"),
    path("hosting/<uuid:pk>/cohosts/", cohosts.cohosts, name="cohosts"),
    path("hosting/<uuid:pk>/cohosts/<str:person>/remove/", cohosts.remove, name="cohost-remove"),
    path("request/schedule/<uuid:pk>/", asking.ask, name="ask"),
    path("request/schedule/<uuid:pk>/needs/", asking.needs, name="ask-needs"),
    path("request/schedule/<uuid:pk>/check/", asking.check, name="ask-check"),
    path("request/schedule/<uuid:pk>/keep/", asking.keep, name="ask-keep"),
    path("request/schedule/<uuid:pk>/discard/", asking.discard, name="ask-discard"),
    path("bookings/", bookings.mine, name="bookings"),
    path("bookings/<uuid:pk>/", bookings.detail, name="booking"),
    path("bookings/<uuid:pk>/approve/", bookings.approve, name="approve"),
    path("bookings/<uuid:pk>/decline/", bookings.decline, name="decline"),
    path("bookings/<uuid:pk>/withdraw/", bookings.withdraw, name="withdraw"),
    path("bookings/<uuid:pk>/agree/", bookings.agree, name="agree"),
    path("bookings/<uuid:pk>/cancel/", changing.cancel, name="cancel"),
    path("bookings/<uuid:pk>/move/", changing.move, name="move"),
    path("bookings/<uuid:pk>/move/accept/", changing.accept, name="move-accept"),
    path("bookings/<uuid:pk>/move/refuse/", changing.refuse, name="move-refuse"),
    path("bookings/<uuid:pk>/attendance/", bookings.mark, name="attendance"),
    path("bookings/<uuid:pk>/join/", bookings.join, name="join"),
    path("bookings/<uuid:pk>/finish/", bookings.finish, name="finish"),
    path("bookings/<uuid:pk>/review/", bookings.review, name="review"),
    path("<slug:slug>/", listings.detail, name="detail"),
]
