"""Addresses under `/arbete/installningar/`."""

from django.urls import path

from halsonav.people.views import (
    centres,
    factor_reset,
    functions,
    index,
    invitations,
    organisations,
    own_account,
    people,
    person,
)

app_name = "people"
urlpatterns = [
    path("", index.settings, name="settings"),
    path("konto/", own_account.account, name="account"),
    path("konto/sprak/", own_account.language, name="language"),
    path("konto/logga-ut-andra/", own_account.end_others, name="end_others"),
    path("konto/logga-ut/<str:session>/", own_account.end_one, name="end_one"),
    path("organisationer/", organisations.organisations, name="organisations"),
    path("organisationer/ny/", organisations.new, name="new_organisation"),
    path("organisationer/<slug:slug>/", organisations.organisation, name="organisation"),
    path("organisationer/<slug:slug>/andra/", organisations.change, name="change_organisation"),
    path("organisationer/<slug:slug>/ta-bort/", organisations.close, name="close_organisation"),
    path("organisationer/<slug:slug>/funktion/", organisations.add_function, name="add_function"),
    path("organisationer/<slug:slug>/verksamhet/", centres.new, name="new_centre"),
    path("verksamheter/<slug:slug>/", centres.change, name="centre"),
    path("verksamheter/<slug:slug>/ta-bort/", centres.close, name="close_centre"),
    path("funktioner/<int:function>/", functions.function, name="function"),
    path("funktioner/<int:function>/titel/", functions.rename, name="rename_function"),
    path("funktioner/<int:function>/utse/", functions.appoint, name="appoint"),
    path("funktioner/<int:function>/<int:holder>/sluta/", functions.end, name="end_holding"),
    path("funktioner/<int:function>/ta-bort/", functions.close, name="close_function"),
    path("personer/", people.people, name="people"),
    path("personer/bjud-in/", invitations.new, name="invite"),
    path("personer/inbjudningar/", invitations.waiting, name="invitations"),
    path("personer/inbjudningar/<int:invitation>/ny/", invitations.renew, name="renew_invitation"),
    path(
        "personer/inbjudningar/<int:invitation>/ta-tillbaka/",
        invitations.withdraw,
        name="withdraw_invitation",
    ),
    path("personer/<int:person>/tappat-steg/", factor_reset.lost, name="factor_reset"),
    path("personer/<int:person>/", person.person, name="person"),
    path("personer/<int:person>/visa/", person.open_page, name="open_person"),
    path("personer/<int:person>/roll/", person.add_role, name="give_role"),
    path("personer/<int:person>/roll/<int:role>/ta/", person.remove_role, name="take_role"),
    path("personer/<int:person>/stang/", person.close, name="close_account"),
    path("personer/<int:person>/oppna/", person.reopen, name="open_account"),
    path("personer/<int:person>/logga-ut/", person.end_all, name="end_person"),
    path("personer/<int:person>/logga-ut/<str:session>/", person.end_one, name="end_person_one"),
    path("personer/<int:person>/skydd/", person.protection, name="protection"),
]
