"""Addresses of the room: the living catalogue."""

from django.urls import path

from halsonav.design import views

app_name = "design"
urlpatterns = [path("komponenter/", views.catalogue, name="catalogue")]
