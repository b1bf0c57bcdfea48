"""Addresses under `/arbete/installningar/`."""

from django.urls import path

from halsonav.people.views import own_account

app_name = "people"
urlpatterns = [
    path("", own_account.account, name="account"),
    path("logga-ut-andra/", own_account.end_others, name="end_others"),
    path("logga-ut/<str:session>/", own_account.end_one, name="end_one"),
]
