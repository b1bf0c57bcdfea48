"""Addresses of the room, under `/arbete/`."""

from django.urls import path

from halsonav.desk import views

app_name = "desk"
urlpatterns = [path("", views.today, name="today")]
