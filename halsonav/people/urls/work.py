"""Addresses under `/arbete/installningar/`."""

from django.urls import path

from halsonav.people.views import index, own_account

app_name = "people"
urlpatterns = [
    path("", index.settings, name="settings"),
    path("konto/", own_account.account, name="account"),
    path("konto/sprak/", own_account.language, name="language"),
    path("konto/logga-ut-andra/", own_account.end_others, name="end_others"),
    path("konto/logga-ut/<str:session>/", own_account.end_one, name="end_one"),
]
