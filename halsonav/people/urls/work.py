"""Addresses under `/arbete/installningar/`."""

from django.urls import path

from halsonav.people import views

app_name = "people"
urlpatterns = [
    path("", views.account, name="account"),
    path("logga-ut-andra/", views.end_others, name="end_others"),
    path("logga-ut/<str:session>/", views.end_one, name="end_one"),
]
